import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../../src/core/callflow/finding.ts';
import type { LibrarySources } from '../../../src/core/callflow/library.ts';
import { load, shippedFile } from '../support.ts';

/**
 * Files with one mistake each, in a folder for each kind of mistake; `findings.txt` there holds what is printed about
 * them. A new case needs no line here. The first comment of a case says in plain words what is wrong. A case is
 *
 * - `case.yaml`: a callflow,
 * - `case.prompts.yaml`: the en-US prompts of a callflow that is sound, or
 * - `case/`: a folder with `callflows/*.yaml` and `prompts/<locale>/*.yaml`.
 *
 * Standard prompts that a case does not bring are those that come with Dialproof.
 */
const BROKEN = path.join(import.meta.dirname, 'broken');
const groups = readdirSync(BROKEN, { withFileTypes: true }).filter((entry) => entry.isDirectory());

/** What the prompts of a case belong to. */
const SOUND = `callflow: sound
start: hello
exits: { bye: { hang-up: true } }
blocks: { hello: { say: goodbye, next: bye } }
`;

interface Case {
  readonly name: string;
  readonly wrong: string;
  readonly sources: LibrarySources;
}

type PromptSource = LibrarySources['prompts'][number];

function casesOf(group: string): readonly Case[] {
  const folder = path.join(BROKEN, group);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.yaml'))
    .map((entry) => (entry.isDirectory() ? folderCase(folder, entry.name) : fileCase(folder, entry.name)));
}

function fileCase(folder: string, file: string): Case {
  const source = { file, text: readFileSync(path.join(folder, file), 'utf8') };
  const isPrompts = file.endsWith('.prompts.yaml');
  const prompts = isPrompts ? [{ ...source, locale: 'en-US', callflow: 'sound' }] : [];
  const callflows = isPrompts ? [{ file: 'sound.yaml', text: SOUND }] : [source];
  return { name: path.parse(file).name, wrong: firstComment([source]), sources: withStandard({ callflows, prompts }) };
}

function folderCase(folder: string, name: string): Case {
  const files = readdirSync(path.join(folder, name), { recursive: true, encoding: 'utf8' })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => file.endsWith('.yaml'))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(path.join(folder, name, file), 'utf8') }));
  const prompts = files.flatMap((source): PromptSource[] => {
    const [, locale, callflow] = /^prompts\/([^/]+)\/(.+)\.yaml$/.exec(source.file) ?? [];
    return locale === undefined || callflow === undefined ? [] : [{ ...source, locale, callflow }];
  });
  const callflows = files.filter(({ file }) => file.startsWith('callflows/'));
  return { name, wrong: firstComment(files), sources: withStandard({ callflows, prompts }) };
}

function withStandard({ callflows, prompts }: LibrarySources): LibrarySources {
  const missing = ['en-US', ...prompts.map(({ locale }) => locale)].filter(
    (locale, index, all) =>
      all.indexOf(locale) === index && !prompts.some((each) => each.locale === locale && each.callflow === 'standard'),
  );
  const standard = missing.map((locale) => ({
    ...shippedFile(`prompts/${locale}/standard.yaml`),
    locale,
    callflow: 'standard',
  }));
  return { callflows, prompts: [...prompts, ...standard] };
}

function firstComment(files: readonly { readonly text: string }[]): string {
  return files.map(({ text }) => /^\uFEFF?# (.+)/.exec(text)?.[1]).find((comment) => comment !== undefined) ?? '';
}

/** The same files as another program would save them. */
function saved({ sources }: Case, save: (text: string) => string): LibrarySources {
  const each = <S extends { readonly text: string }>(source: S): S => ({ ...source, text: save(source.text) });
  return { callflows: sources.callflows.map(each), prompts: sources.prompts.map(each) };
}

function printed({ sources }: Case): readonly string[] {
  const texts = new Map([...sources.callflows, ...sources.prompts].map(({ file, text }) => [file, text]));
  return load(sources).findings.map((finding) => formatFinding(finding, texts.get(finding.at.file)));
}

describe.each(groups.map(({ name }) => [name, casesOf(name)] as const))('broken files: %s', (group, cases) => {
  it('each says in its first line what is wrong', () => {
    expect(cases.filter(({ wrong }) => wrong.length < 5).map(({ name }) => name)).toEqual([]);
  });

  it.each(cases.map((each) => [each.name, each] as const))('%s: one finding', (_name, each) => {
    expect(printed(each)).toHaveLength(1);
  });

  it.each([
    ['Windows line ends', (text: string) => text.replaceAll('\n', '\r\n')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['no line end at the end', (text: string) => text.replace(/\n$/, '')],
  ])('with %s: the same mistakes in the same places', (_how, save) => {
    const told = (sources: LibrarySources): readonly string[] =>
      load(sources).findings.map(({ code, at }) => `${at.file}:${at.line}:${at.column} ${code}`);
    expect(cases.map((each) => told(saved(each, save)))).toEqual(cases.map(({ sources }) => told(sources)));
  });

  it('are told as findings.txt has it', async () => {
    const text = cases.map((each) => [`# ${each.wrong}`, ...printed(each), ''].join('\n')).join('\n');
    await expect(text).toMatchFileSnapshot(path.join(BROKEN, group, 'findings.txt'));
  });
});
