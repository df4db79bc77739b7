import path from 'node:path';
import { BUILTINS } from '../../core/callflow/builtin/index.ts';
import { eject } from '../../core/callflow/eject.ts';
import { loadCallflow, type Source } from '../../core/callflow/load.ts';
import { DialproofError } from '../../core/errors.ts';
import { callflowSources } from '../library-files.ts';

/** The whole file; a built-in callflow that has no file yet gets one. @throws DialproofError `usage-wrong` */
export async function ejected(name: string, folder: string): Promise<Source> {
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
