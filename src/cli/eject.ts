import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { BUILTINS } from '../core/callflow/builtin/index.ts';
import { eject } from '../core/callflow/eject.ts';
import { loadCallflow, type Source } from '../core/callflow/load.ts';
import { DialproofError } from '../core/errors.ts';
import { checkEnvironment, type RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';
import { callflowSources } from './library-files.ts';

/** `dialproof eject`: writes out the blocks of a callflow that only has settings. */
export function ejectCommand(environment: () => RawEnvironment): Command {
  return new Command('eject')
    .description('write out the blocks of a callflow that only has settings (`use: builtin/...`)')
    .argument('<callflow>', 'name of the callflow')
    .option('--print', 'print what would be written and leave the file as it is')
    .action(async (callflow: string, flags: { readonly print?: true }) => {
      try {
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

/** The whole file; a built-in callflow that has no file yet gets one. @throws DialproofError `usage-wrong` */
async function ejected(name: string, folder: string): Promise<Source> {
  const sources = await callflowSources(folder);
  const source = sources.find((each) => loadCallflow(each, {}).name === name);
  if (source === undefined) {
    const builtin = BUILTINS.get(name);
    if (builtin !== undefined) return { file: path.join(folder, `${name}.yaml`), text: builtin };
    throw wrong(
      `There is no callflow named "${name}" in ${folder}.`,
      `Name one that has \`use:\`, or ${[...BUILTINS.keys()].join(', ')}.`,
    );
  }
  const { callflow } = loadCallflow(source, {});
  if (callflow === null)
    throw wrong(`${source.file} cannot be used as it stands.`, 'Mend what `dialproof check` finds first.');
  const text = eject(source.text);
  if (text === null) throw wrong(`${source.file} has all its blocks already.`, 'There is nothing to write out.');
  return { file: source.file, text };
}

function wrong(message: string, fix: string): DialproofError {
  return new DialproofError('usage-wrong', message, { fix });
}
