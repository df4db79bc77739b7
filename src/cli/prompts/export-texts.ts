import { writeFile } from 'node:fs/promises';
import { DialproofError } from '../../core/errors.ts';
import type { Project } from '../../core/callflow/project.ts';
import type { PromptsContext } from '../prompts.ts';
import { writeCsv } from './csv.ts';
import { checkedLocale, localesOf } from './prompt-project.ts';
import { unitsOf } from './units-of.ts';
import { writeXliff } from './xliff.ts';

/** Writes every text of the default language with its translation, as far as there is one. */
export async function exportTexts(
  { project, stdout, stderr }: PromptsContext,
  flags: { readonly format?: 'csv' | 'xliff'; readonly locale?: string; readonly out?: string },
): Promise<number> {
  const locale = flags.locale === undefined ? onlyOther(project) : checkedLocale(flags.locale);
  const translation = unitsOf(project, project.defaultLocale, locale);
  const format = flags.format ?? (/\.xli?ff?$/i.test(flags.out ?? '') ? 'xliff' : 'csv');
  const content = format === 'csv' ? writeCsv(translation) : writeXliff(translation);
  if (flags.out === undefined) stdout.write(content);
  else await written(flags.out, content);
  const { units, from, to } = translation;
  const open = units.filter(({ target }) => target === '').length;
  stderr.write(`${units.length} texts from ${from} into ${to}, ${open} of them without a translation.\n`);
  return 0;
}

/** The language that is meant when none is named. @throws DialproofError `usage-wrong` where there is not exactly one */
function onlyOther(project: Project): string {
  const [, ...others] = localesOf(project);
  const [only] = others;
  if (only !== undefined && others.length === 1) return only;
  throw new DialproofError('usage-wrong', 'It is not said into which language the texts are to be translated.', {
    fix: `Add --locale with one of ${others.length === 0 ? 'your choice, for example es-ES' : `${others.join(', ')}, or a new one`}.`,
  });
}

/** @throws DialproofError `usage-wrong` */
async function written(file: string, content: string): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new DialproofError('usage-wrong', `"${file}" cannot be written (${code}).`, {
      fix: 'Name a file in a folder that there is, and that you may write to.',
    });
  }
}
