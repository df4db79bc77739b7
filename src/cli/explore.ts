import { randomInt } from 'node:crypto';
import { Command, InvalidArgumentError } from 'commander';
import type { Output } from './call/screen.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';
import type { Simulator } from '../simulator/simulator.ts';

export interface ExploreCommandOptions {
  readonly environment: () => RawEnvironment;
  readonly stdout?: Output;
  /** Receives the exit code; unless given, it becomes the process's. */
  readonly finish?: (exitCode: number) => void;
  /** In place of the one that the files make. */
  readonly simulator?: Simulator;
}

interface Flags {
  readonly calls: number;
  readonly seed?: number;
  readonly callflow?: string;
  readonly jobs?: number;
  readonly write?: string | true;
  readonly json?: true;
}

const HELP = `
Callers press what the line asks for, and often something else; they wait, hang up, call again, and things fail around
them. After every call it is checked that no limit of the callflow was passed, that nobody came to success without a
right code, that no code was spoken, that nothing failed, that the call ended, and what all scenario files of the
callflow have under "always". A call that breaks a rule is made as short as it can be, and told as a scenario.

The same seed makes the same calls, with any number of threads.

Exit codes: 0 every rule held; 1 a rule is broken, or a file of scenarios has mistakes; 2 wrong usage; 3 configuration;
130 interrupted, with what was found until then.`;

/** `dialproof explore`: thousands of generated callers look for calls that break a rule. */
export function exploreCommand(options: ExploreCommandOptions): Command {
  return new Command('explore')
    .description('let thousands of generated callers look for calls that break a rule')
    .argument('[files...]', 'files of scenarios, or folders that hold them; test/calls by default')
    .option('--calls <number>', 'how many callers', wholeNumber, 10_000)
    .option('--seed <number>', 'makes the same calls again', wholeNumber)
    .option('--callflow <name>', 'only this one')
    .option('--jobs <number>', 'threads; as many as there are cores unless given', wholeNumber)
    .option('--write [file]', 'write what was found; without a name to test/calls/found-<callflow>-<n>.yaml')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], flags: Flags) => {
      const finish = options.finish ?? ((code) => void (process.exitCode = code));
      try {
        finish(await explore(options, paths, flags));
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        finish(exitCodeOf(error));
      }
    });
}

async function explore(options: ExploreCommandOptions, paths: readonly string[], flags: Flags): Promise<number> {
  // Loaded here, so that other commands do not wait for it.
  const [{ runExplore }, { progressBar }, { printExplored }, { refuseToOverwrite, writeFailure }] = await Promise.all([
    import('./explore/run-explore.ts'),
    import('./explore/progress.ts'),
    import('./explore/print-explored.ts'),
    import('./explore/written-files.ts'),
  ]);
  const { stdout = process.stdout, simulator } = options;
  const { write, seed = randomInt(MOST_SEED), json } = flags;
  if (typeof write === 'string') refuseToOverwrite(write);
  const stop = new AbortController();
  const interrupt = (): void => stop.abort();
  process.once('SIGINT', interrupt);
  const { stderr } = process;
  const explored = await runExplore(options.environment(), {
    ...flags,
    seed,
    paths,
    signal: stop.signal,
    ...(stderr.isTTY ? { progress: (calls) => progressBar(calls, stderr) } : {}),
    ...(simulator === undefined ? {} : { simulator }),
  }).finally(() => process.off('SIGINT', interrupt));
  if (explored === null) return BROKEN;
  const by = `dialproof explore --seed ${seed}`;
  const files: string[] = [];
  if (write !== undefined)
    for (const failure of explored.failures)
      files.push(await writeFailure(failure, { file: write === true ? null : write, by }));
  if (json === true) stdout.write(`${JSON.stringify({ ...explored, files }, null, 2)}\n`);
  else printExplored(stdout, explored, { by, files });
  if (explored.interrupted) return INTERRUPTED;
  return explored.failures.length === 0 ? 0 : BROKEN;
}

const BROKEN = 1;
const INTERRUPTED = 130;
const MOST_SEED = 2 ** 31 - 1;

function wholeNumber(written: string): number {
  const number = Number(written);
  if (/^\d{1,10}$/.test(written) && number >= 1 && number <= MOST_SEED) return number;
  throw new InvalidArgumentError(`Write a whole number from 1 to ${MOST_SEED}.`);
}
