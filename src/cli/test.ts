import { Command, InvalidArgumentError } from 'commander';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

interface Flags {
  readonly grep?: string;
  readonly shard?: string;
  readonly jobs?: number;
  readonly times: number;
  readonly bail?: true;
}

const HELP = `
Exit codes: 0 all calls went as written; 1 some did not, or a file of scenarios has mistakes; 2 wrong usage; 3 configuration.`;

/** `dialproof test`: plays keypad sessions and says which did not go as they are written. */
export function testCommand(environment: () => RawEnvironment): Command {
  return new Command('test')
    .description('play the keypad sessions of test/calls, thousands in seconds, without a telephone')
    .argument('[files...]', 'files of scenarios, or folders that hold them')
    .option('--grep <words>', 'only scenarios whose name or file holds these words; /.../ is a regular expression')
    .option('--shard <part>', 'only one part of several, for example 2/4')
    .option('--jobs <number>', 'threads; as many as there is work for unless given', wholeNumber)
    .option('--times <number>', 'plays every scenario so often', wholeNumber, 1)
    .option('--bail', 'stop at the first that fails')
    .addHelpText('after', HELP)
    .action(async (files: readonly string[], flags: Flags) => {
      try {
        process.exitCode = await test(environment(), files, flags);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function test(raw: RawEnvironment, paths: readonly string[], flags: Flags): Promise<number> {
  // Loaded here, so that other commands do not wait for it.
  const { runTests } = await import('./test/run-tests.ts');
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort());
  const run = await runTests(
    raw,
    { ...flags, paths, bail: flags.bail === true, signal: stop.signal },
    {
      reporters: [],
      traced: false,
      played: (played) => {
        if (played.failure !== undefined) process.stdout.write(`${JSON.stringify([played.name, played.failure])}\n`);
      },
    },
  );
  process.stdout.write(`${JSON.stringify(run?.summary)}\n`);
  if (stop.signal.aborted) return INTERRUPTED;
  return run === null || run.summary.failed > 0 ? 1 : 0;
}

const INTERRUPTED = 130;

function wholeNumber(written: string): number {
  const number = Number(written);
  if (/^\d{1,7}$/.test(written) && number >= 1) return number;
  throw new InvalidArgumentError('Write a whole number from 1 on.');
}
