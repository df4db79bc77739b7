import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

/** `dialproof eject`: writes out the blocks of a callflow that only has settings. */
export function ejectCommand(environment: () => RawEnvironment): Command {
  return new Command('eject')
    .description('write out the blocks of a callflow that only has settings (`use: builtin/...`)')
    .argument('<callflow>', 'name of the callflow')
    .option('--print', 'print what would be written and leave the file as it is')
    .action(async (callflow: string, flags: { readonly print?: true }) => {
      try {
        // Loaded here, so that other commands do not wait for it.
        const [{ checkEnvironment }, { ejected }] = await Promise.all([
          import('./environment.ts'),
          import('./eject/ejected.ts'),
        ]);
        const folder = checkEnvironment(environment()).environment.CALLFLOWS_DIR;
        const { file, text } = await ejected(callflow, folder);
        if (flags.print === true) process.stdout.write(text);
        else {
          await writeFile(file, text);
          process.stderr.write(`${file} now has all the blocks of its own. Calls sound and count as before.\n`);
        }
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}
