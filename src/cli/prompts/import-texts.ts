import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkProject } from '../../core/callflow/check/index.ts';
import { formatFinding } from '../../core/callflow/finding.ts';
import { STANDARD } from '../../core/callflow/prompt-shelf.ts';
import { DialproofError } from '../../core/errors.ts';
import { counted } from '../counted.ts';
import type { PromptsContext } from '../prompts.ts';
import { readCsv } from './csv.ts';
import { importTranslation, type ChangedFile } from './import-translation.ts';
import { languageReport } from './missing-texts.ts';
import { printable } from './printable.ts';
import { translationInvalid } from './translation-invalid.ts';
import { nameInFile, type Returned } from './unit.ts';
import { readXliff } from './xliff.ts';

/** Takes over a translation and prints what it changes. @throws DialproofError before anything is written */
export async function importTexts(context: PromptsContext, file: string): Promise<number> {
  const { project, folder, stdout, stderr } = context;
  const returned = readReturned(await bytesOf(file));
  const { locale, files, warnings } = importTranslation(returned, project, folder);
  for (const changed of files) {
    await mkdir(path.dirname(changed.file), { recursive: true });
    await writeFile(changed.file, changed.content);
    stdout.write(`${linesOf(changed).join('\n')}\n`);
  }
  if (files.length === 0) stdout.write(`Nothing has changed: ${locale} has all of these texts already.\n`);
  for (const warning of warnings) stderr.write(`Please look at this: ${printable(warning)}\n`);
  if (files.length > 0) stderr.write(await whatIsLeft(context, locale, files));
  return 0;
}

/** What the designer still has to do for this language. */
async function whatIsLeft({ reread }: PromptsContext, locale: string, files: readonly ChangedFile[]): Promise<string> {
  const { project } = await reread();
  const { missing } = languageReport(project, locale);
  const findings = checkProject(project);
  const standard = files.find(({ file, isNew }) => isNew && path.parse(file).name === STANDARD);
  return [
    ...files.flatMap(({ file, content }) =>
      findings.filter(({ at }) => at.file === file).map((finding) => `${printable(formatFinding(finding, content))}\n`),
    ),
    ...(standard === undefined
      ? []
      : [`A new language has a voice of its own: name one as \`voice:\` in ${standard.file}.\n`]),
    missing.length === 0
      ? `${locale} lacks nothing now.\n`
      : `${locale} still lacks ${counted(missing.length, 'text')}; the server does not start without those that callers need: dialproof prompts missing --locale ${locale}\n`,
  ].join('');
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new DialproofError('usage-wrong', `"${file}" cannot be read (${code}).`, {
      fix: 'Name the file that came back from the translators.',
    });
  }
}

/** XLIFF where it begins with a tag, else a table. */
function readReturned(bytes: Uint8Array): Returned {
  const text = decoded(bytes);
  return text.trimStart().startsWith('<') ? readXliff(text) : readCsv(text);
}

/** UTF-8, or UTF-16 where its mark says so; spreadsheets save either. */
function decoded(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const utf16 = first === 0xff && second === 0xfe;
  try {
    return new TextDecoder(utf16 ? 'utf-16le' : 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw translationInvalid([
      'it is not in UTF-8, so letters with accents would be lost; save it again as "CSV UTF-8"',
    ]);
  }
}

function linesOf({ file, isNew, changes }: ChangedFile): readonly string[] {
  const head = `${file}${isNew ? ' (new)' : ''}: ${counted(changes.length, 'text')}`;
  if (isNew) return [head];
  return [
    head,
    ...changes.flatMap(({ unit, before, after }) => [
      `  ${nameInFile(unit)}`,
      ...(before === '' ? [] : [`    - ${oneLine(before)}`]),
      `    + ${oneLine(after)}`,
    ]),
  ];
}

function oneLine(text: string): string {
  return printable(text.trimEnd().replaceAll(/\s*\n\s*/g, ' / '));
}
