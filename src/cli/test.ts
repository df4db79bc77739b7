import { Command, InvalidArgumentError, Option } from 'commander';
import { DialproofError } from '../core/errors.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';
import type { TestFlags } from './test/run-test.ts';

const HELP = `
Reporters: spec (unless given), dot, junit, json, github, markdown; into a file with name=file, several with commas:
  npx dialproof test --reporter dot,junit=report.xml

Exit codes: 0 all calls went as written; 1 some did not, the coverage is below its threshold, or a file of scenarios has
mistakes; 2 wrong usage; 3 configuration; 130 interrupted.`;

/** `dialproof test`: plays keypad sessions and says which did not go as they are written. */
export function testCommand(environment: () => RawEnvironment): Command {
  return new Command('test')
    .description('play the keypad sessions of test/calls, thousands in seconds, without a telephone')
    .argument('[files...]', 'files of scenarios, or folders that hold them')
    .option('--grep <words>', 'only scenarios whose name or file holds these words; /.../ is a regular expression')
    .option('--shard <part>', 'only one part of several, for example 2/4')
    .option('--jobs <number>', 'threads, or with --through http calls at once; as many as there is work for', wholeNumber)
    .option('--times <number>', 'plays every scenario so often', wholeNumber, 1)
    .option('--bail', 'stop at the first that fails')
    .option('--reporter <names...>', 'how it is told')
    .option('--coverage', 'say which paths of the callflows no scenario takes')
    .option('--verbose', 'with --coverage: also the paths that no call can take, and why')
    .option('--threshold <percent>', 'with --coverage: fails below this', percent)
    .option('--coverage-svg <folder>', 'draw the callflows with what was taken')
    .option('--suggest', 'write scenarios for the paths that none takes, beside those that there are')
    .option('--trace <file>', 'write what happened in every call, for `dialproof trace`')
    .addOption(new Option('--through <way>', 'play them at a real server').choices(['http']))
    .option('--server <url>', 'with --through http: the server, which runs already; unless given, one is started')
    .option('--watch', 'play them again whenever a file is saved, until Ctrl-C')
    .addHelpText('after', HELP)
    .action(async (paths: readonly string[], flags: TestFlags) => {
      try {
        process.exitCode = await test(environment(), paths, flags);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function test(raw: RawEnvironment, paths: readonly string[], flags: TestFlags): Promise<number> {
  if (flags.server !== undefined && flags.through === undefined)
    throw new DialproofError('usage-wrong', '--server says where to play, and scenarios are played in this process.', {
      fix: 'Add --through http, or leave out --server.',
    });
  // Loaded here, so that other commands do not wait for it.
  const { runTest, watchTest } = await import('./test/run-test.ts');
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const play = flags.watch === true ? watchTest : runTest;
  return play(raw, { ...flags, paths, signal: stop.signal });
}

function wholeNumber(written: string): number {
  const number = Number(written);
  if (/^\d{1,7}$/.test(written) && number >= 1) return number;
  throw new InvalidArgumentError('Write a whole number from 1 on.');
}

function percent(written: string): number {
  if (/^(?:\d{1,2}|100)$/.test(written)) return Number(written);
  throw new InvalidArgumentError('Write whole percents from 0 to 100.');
}
