import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadScenarios } from '../../src/core/scenario/load-scenarios.ts';
import { scenarioFileSchema, scenarioSchema } from '../../src/core/scenario/scenario-schema.ts';
import { Program } from '../support/process.ts';
import { fileOf } from './examples.ts';
import { fences, readPage, tables } from './markdown.ts';

vi.setConfig({ testTimeout: 60_000 });

const page = readPage('docs/qa.md');
const files = fences(page).flatMap((fence) => {
  const file = fileOf(fence);
  return file === null ? [] : [{ file, text: fence.text }];
});
const MISTAKEN = 'test/calls/mistaken.yaml';

/** A folder as designers have it, with the files of the page. */
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dialproof-qa-'));
  for (const name of ['callflows', 'prompts']) await cp(name, path.join(folder, name), { recursive: true });
  await mkdir(path.join(folder, 'test/calls'), { recursive: true });
  for (const { file, text } of files) await writeFile(path.join(folder, file), text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(args: readonly string[]) {
  const program = new Program(args, { folder });
  const code = await program.exited;
  return { code, stdout: timeless(program.stdout), stderr: program.stderr };
}

/** Real time differs from run to run. */
function timeless(text: string): string {
  return text.replaceAll(/\d+\.\d s\b/g, '# s');
}

/** What the page shows right behind these words. */
function shownBehind(words: string): string {
  const at = page.text.indexOf(words);
  const [shown] = fences({ ...page, text: page.text.slice(at) }).filter(({ language }) => language === 'text');
  return timeless(shown?.text ?? `nothing is shown behind ${words}`);
}

describe('the examples of docs/qa.md', () => {
  it('are files of scenarios that go as they are written', async () => {
    const good = files.map(({ file }) => file).filter((file) => file !== MISTAKEN);
    expect(good.length).toBeGreaterThan(3);
    const { code, stdout, stderr } = await run(['test', ...good]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/\n\d+ passed \(/);
    expect(code).toBe(0);
  });

  it('show how a failure is told, word for word but for the time', async () => {
    expect(await run(['test', MISTAKEN])).toEqual({
      code: 1,
      stdout: shownBehind('\nA failure says where the step stands'),
      stderr: '',
    });
  });

  it('show what exploring finds, and the same seed finds it again', async () => {
    const [command = ''] = /(?<=`npx dialproof )explore \S+strict[^`]*/.exec(page.text) ?? [];
    const { code, stdout } = await run(command.split(' '));
    const shown = shownBehind(command).trimEnd();
    expect(stdout.slice(0, shown.length)).toBe(shown);
    expect(code).toBe(1);
  });
});

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly string[];
}

const schemaOf = (schema: z.ZodType): JsonSchema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
const fileSchema = schemaOf(scenarioFileSchema);
const oneSchema = schemaOf(scenarioSchema);

/** The cells below this head: in each row what stands in code in its first cell, and all that it says. */
function rows(head: string): readonly { readonly codes: readonly string[]; readonly says: string }[] {
  const found = tables(page).find((table) => table.head[0] === head);
  return (found?.rows ?? []).map((cells) => ({
    codes: [...(cells[0] ?? '').matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? ''),
    says: cells.join(' '),
  }));
}

/** Every word, or the keys of every map, that may stand here. */
function variants(schema: JsonSchema | undefined): readonly (readonly string[])[] {
  return (schema?.anyOf ?? []).flatMap((each) =>
    each.enum === undefined ? [Object.keys(each.properties ?? {})] : each.enum.map((word) => [word]),
  );
}

const firstWord = (code: string): string => /^[a-z-]+/.exec(code)?.[0] ?? '';

describe('the tables of docs/qa.md', () => {
  it.each([
    ['key', fileSchema],
    ['key of a scenario', oneSchema],
    ['given', oneSchema.properties?.['given']],
  ] as const)('have every key of the language: %s', (head, schema) => {
    const named = rows(head).flatMap(({ codes }) => codes.map(firstWord));
    expect([...new Set(named)].toSorted()).toEqual(Object.keys(schema?.properties ?? {}).toSorted());
  });

  it.each([
    ['step', oneSchema.properties?.['call']?.items],
    ['rule', fileSchema.properties?.['always']?.items],
  ] as const)('have every %s with all that it may say', (head, schema) => {
    const named = new Set(rows(head).flatMap(({ codes }) => codes.map(firstWord)));
    expect(named).toEqual(new Set(variants(schema).map(([name]) => name)));
    for (const [name = '', ...others] of variants(schema)) {
      const said = rows(head).filter(({ codes }) => codes.some((code) => firstWord(code) === name));
      for (const key of others) expect(said.map(({ says }) => says).join(' ')).toContain(`\`${key}: `);
    }
  });

  it('have nothing that the language refuses', () => {
    const given = rows('given').flatMap(({ codes }) =>
      codes.map((code) => ({ given: parse(`{ ${code} }`) as object })),
    );
    const steps = rows('step').flatMap(({ codes }) =>
      codes.map((code) => ({ call: [parse(code.includes(':') ? `{ ${code} }` : code) as unknown] })),
    );
    const rules = rows('rule').flatMap(({ codes }) =>
      codes.map((code) => parse(code.includes(':') ? `{ ${code} }` : code) as unknown),
    );
    const call = { call: ['redials'] };
    const scenarios = [...given, ...steps].map((part, index) => ({ name: `Scenario ${index}`, ...call, ...part }));
    const text = JSON.stringify({ callflow: 'two-factor', always: rules, scenarios });
    expect(loadScenarios({ file: 'tables', text }).findings).toEqual([]);
    expect(scenarios.length).toBeGreaterThan(25);
  });
});
