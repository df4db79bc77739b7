import { Command, Option } from 'commander';
import { DialproofError } from '../core/errors.ts';
import type { RawEnvironment } from './environment.ts';
import { FORMATS, printChecked, type Format } from './check/report.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

interface Flags {
  readonly format: Format;
  readonly json?: true;
  readonly strict?: true;
  readonly watch?: true;
}

const HELP = `
Exit codes: 0 nothing to mend, or warnings only; 1 errors (with --strict also warnings); 2 wrong usage; 3 configuration.
What a code means: npx dialproof explain CF201`;

/** `dialproof check`: all that is wrong with the callflows and prompts, without running anything. */
export function checkCommand(environment: () => RawEnvironment): Command {
  return new Command('check')
    .description('say what is wrong with the callflows and prompts, without running anything')
    .addOption(
      new Option('--format <format>', 'how findings are printed; github: as annotations of a change')
        .choices(FORMATS)
        .default('text'),
    )
    .option('--json', 'print one JSON document and nothing else on stdout')
    .option('--strict', 'count warnings as errors')
    .option('--watch', 'check again whenever a file is saved, until Ctrl-C')
    .addHelpText('after', HELP)
    .action(async (flags: Flags) => {
      try {
        process.exitCode = await (flags.watch === true ? watch : check)(environment, flags);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function check(environment: () => RawEnvironment, flags: Flags): Promise<number> {
  // Loaded here, so that other commands do not wait for it.
  const { loadCompiled } = await import('./compiled.ts');
  const { runCheck } = await loadCompiled('check', () => import('./check/run-check.ts'));
  const { json, format, strict = false } = flags;
  return runCheck(environment(), { format: json === true ? 'json' : format, strict });
}

/** Checks after every save; what is wrong meanwhile does not end it. */
async function watch(environment: () => RawEnvironment, flags: Flags): Promise<number> {
  if (flags.json === true || flags.format !== 'text')
    throw new DialproofError('usage-wrong', '--watch prints findings as text, again and again.', {
      fix: 'Leave out --watch, or --json and --format.',
    });
  const [{ foldersIn }, { readSources }, { CheckAgain }, { followFolders }] = await Promise.all([
    import('./check/check-files.ts'),
    import('./library-files.ts'),
    import('./check/check-again.ts'),
    import('./dev/follow-folders.ts'),
  ]);
  const folders = foldersIn(environment());
  // A folder that was never there is a wrong setting; one that is gone later may come back.
  await readSources(folders);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  const again = new CheckAgain(environment, { say, print: (checked) => printChecked(checked, 'text') });
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  await followFolders([folders.callflows, folders.prompts], { look: () => again.look(), say, signal: stop.signal });
  return 0;
}
