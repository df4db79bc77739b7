import { Command, Option } from 'commander';
import { DialproofError } from '../core/errors.ts';
import { DIAL_OUTCOMES, type DialOutcome } from '../telephone/call-events.ts';
import { parseKeys } from '../telephone/keys.ts';
import { readCredentials, serverUrl, type CallEnvironment } from './call/call-environment.ts';
import type { CallResult } from './call/call-result.ts';
import { exitCodeOf, explain } from './exit-codes.ts';
import type { Keyboard } from './call/keyboard-caller.ts';
import type { CallPlan } from './call/run-call.ts';
import type { Output } from './call/screen.ts';

export interface CallCommandOptions {
  /** Reads the settings; may throw DialproofError `settings-invalid`. */
  readonly environment: () => CallEnvironment | Promise<CallEnvironment>;
  readonly stdin?: Keyboard;
  readonly stdout?: Output;
  readonly stderr?: Output;
  /** Receives the exit code; unless given, it becomes the process's. */
  readonly finish?: (exitCode: number) => void;
}

interface Flags {
  readonly keys?: string;
  readonly from: string;
  readonly to: string;
  readonly ends: string;
  readonly dialOutcome: DialOutcome;
  readonly query: readonly string[];
  readonly json?: boolean;
}

const KEYS_HELP = `
Keys: one comma-separated group for each question, for example 1001#,2,{code}
  0-9 * #            keys of the telephone
  {code}             the newest code sent in this call, or what the authenticator shows
  {wrong} {old}      a code that is surely wrong; the code before the newest
  "one two three"    say this, where the question listens for words
  - or {silence}     say nothing at this question
  {hangup}           hang up
Without --keys, the terminal's keyboard is the telephone's.

Exit codes: 0 the call left by --ends, 1 it did not, 2 wrong usage, 3 configuration, 70 our fault, 130 interrupted.`;

/** `dialproof call`: one simulated call to a running server, printed as a transcript. */
export function callCommand(options: CallCommandOptions): Command {
  return new Command('call')
    .description('call a running server and print the call as a transcript')
    .argument('<callflow>', 'name of the callflow to call')
    .option('--keys <groups>', 'what the caller presses')
    .option('--from <number>', 'number of the caller', '+12025550123')
    .option('--to <number>', 'number that is called', '+12025550100')
    .option('--ends <exit>', 'the exit that the call should leave by', 'success')
    .addOption(
      new Option('--dial-outcome <outcome>', 'how dialled numbers and queues answer')
        .choices(DIAL_OUTCOMES)
        .default('completed'),
    )
    .option('--query <name=value...>', 'query parameters of the start request', [])
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText('after', KEYS_HELP)
    .action(async (callflow: string, flags: Flags) => {
      const finish = options.finish ?? ((code) => void (process.exitCode = code));
      finish(await call(callflow, flags, options));
    });
}

async function call(callflow: string, flags: Flags, options: CallCommandOptions): Promise<number> {
  const { stdin = process.stdin, stdout = process.stdout, stderr = process.stderr } = options;
  const interrupt = new AbortController();
  const onInterrupt = (): void => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  try {
    const script = { caller: callerOf(flags, stdin), query: queryOf(flags.query) };
    const environment = await options.environment();
    const plan: CallPlan = {
      ...script,
      server: serverUrl(environment),
      publicUrl: environment.publicUrl,
      credentials: await readCredentials(environment),
      callflow,
      from: flags.from,
      to: flags.to,
      ends: flags.ends,
      dialOutcome: flags.dialOutcome,
      screen: flags.json === true ? null : stdout,
      interrupt,
    };
    stderr.write(opening(plan));
    // Loaded here, so that other commands do not wait for what only a call needs.
    const [{ runCall }, { printResult }] = await Promise.all([
      import('./call/run-call.ts'),
      import('./call/screen.ts'),
    ]);
    const result = await runCall(plan);
    if (flags.json === true) stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    else printResult(stdout, result);
    if (interrupt.signal.aborted) return 130;
    stderr.write(await notBegun(result, environment));
    return result.asExpected ? 0 : 1;
  } catch (error) {
    stderr.write(`${explain(error)}\n`);
    return interrupt.signal.aborted ? 130 : exitCodeOf(error);
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** Why no callflow answered, where the files here can tell; else empty. */
async function notBegun(result: CallResult, environment: CallEnvironment): Promise<string> {
  const { callflowsDir: folder } = environment;
  if (folder === undefined || result.exit !== null || result.sends !== null) return '';
  const { unanswered } = await import('./call/unanswered.ts');
  return unanswered(result, { folder, server: serverUrl(environment) });
}

/** Keys where some are given or nobody is at a keyboard; such a caller without keys is silent. */
function callerOf(flags: Flags, stdin: Keyboard): CallPlan['caller'] {
  if (flags.keys === undefined && stdin.isTTY === true) return { kind: 'keyboard', keyboard: stdin };
  return { kind: 'script', groups: parseKeys(flags.keys ?? '') };
}

function queryOf(pairs: readonly string[]): string {
  const query = new URLSearchParams();
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals < 1) {
      throw new DialproofError('usage-wrong', 'A value of --query is not of the form name=value.', {
        fix: 'Write for example: --query AccountNumber=1001',
      });
    }
    query.append(pair.slice(0, equals), pair.slice(equals + 1));
  }
  return query.toString();
}

function opening({ callflow, from, to, server, caller }: CallPlan): string {
  const line = `Calling ${callflow} at ${server}, from ${from} to ${to}.\n`;
  if (caller.kind === 'script') return `${line}\n`;
  return `${line}Keys: 0-9 * #, Enter: wait no longer, ?: inbox, Ctrl-C: hang up.\n\n`;
}
