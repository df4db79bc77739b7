import { Command } from 'commander';
import type { Output } from './call/screen.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

export interface DiffCommandOptions {
  readonly environment: () => RawEnvironment;
  readonly stdout?: Output;
  readonly stderr?: Output;
  /** Receives the exit code; unless given, it becomes the process's. */
  readonly finish?: (exitCode: number) => void;
}

const HELP = `
A version is a folder that holds callflows/ and prompts/, or git:<ref>: what is committed there, for example
git:HEAD, git:main or git:v1.2. Without <after>: the files as they are now.

Told is what a caller would notice, and what decides who gets through. Comments, order and formatting are no
difference, nor is a block that no caller can come to. A line marked ! makes it easier to get through without
being who one says: more attempts, a longer life of codes, a way around the code to success or to a block behind
a right code.

Exit codes: 0 no difference, 1 differences (as diff does), 2 wrong usage, 3 configuration, 70 our fault.`;

/** `dialproof diff`: what callers would notice between two versions of the files. */
export function diffCommand(options: DiffCommandOptions): Command {
  return new Command('diff')
    .description('tell what callers would notice between two versions of the callflows and prompts')
    .argument('<before>', 'a folder, or git:<ref>')
    .argument('[after]', 'another one; by default the files as they are now')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText('after', HELP)
    .action(async (before: string, after: string | undefined, flags: { readonly json?: boolean }) => {
      const finish = options.finish ?? ((code) => void (process.exitCode = code));
      const { stdout = process.stdout, stderr = process.stderr } = options;
      try {
        const [{ checkEnvironment }, { differences }] = await Promise.all([
          import('./environment.ts'),
          import('./diff/differences.ts'),
        ]);
        const { CALLFLOWS_DIR, PROMPTS_DIR, DEFAULT_LOCALE } = checkEnvironment(options.environment()).environment;
        const found = await differences({
          before,
          after,
          folders: { callflows: CALLFLOWS_DIR, prompts: PROMPTS_DIR },
          defaultLocale: DEFAULT_LOCALE,
        });
        const { printDifferences } = await import('./diff/print-differences.ts');
        if (flags.json === true) stdout.write(`${JSON.stringify(found, null, 2)}\n`);
        else printDifferences(stdout, found);
        finish(found.same ? 0 : 1);
      } catch (error) {
        stderr.write(`${explain(error)}\n`);
        finish(exitCodeOf(error));
      }
    });
}
