import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VERBS } from '../../../src/core/blocks/index.ts';
import { loadWordings } from '../../../src/core/call/prompts.ts';
import { loadCallflow } from '../../../src/core/callflow/load.ts';
import { SCHEMAS, schemaText, type SchemaName } from '../../../src/core/json-schema/index.ts';
import { loadScenarios } from '../../../src/core/scenario/load-scenarios.ts';
import { fileOf } from '../../docs/examples.ts';
import { fences, readPage } from '../../docs/markdown.ts';
import { published, underlined } from './editor-rules.ts';
import { slips, treeOf, written } from './mutations.ts';

const schemas = published();
const names = Object.keys(SCHEMAS) as SchemaName[];

/** Whether the loader finds nothing wrong with the file by itself. */
const LOADERS: Readonly<Record<SchemaName, (text: string, environment: Readonly<Record<string, string>>) => boolean>> =
  {
    callflow: (text, environment) => loadCallflow({ file: 'a.yaml', text }, environment).findings.length === 0,
    prompts: (text) => loadWordings({ file: 'a.yaml', text }, null).findings.length === 0,
    scenarios: (text) => loadScenarios({ file: 'a.yaml', text }).findings.length === 0,
  };

const FILES: Readonly<Record<SchemaName, readonly string[]>> = {
  callflow: readdirSync('callflows').map((file) => `callflows/${file}`),
  prompts: readdirSync('prompts').flatMap((locale) =>
    readdirSync(`prompts/${locale}`).map((file) => `prompts/${locale}/${file}`),
  ),
  scenarios: readdirSync('test/calls').map((file) => `test/calls/${file}`),
};

/** A callflow that only has settings; none is shipped. */
const SETTINGS_ONLY = fences(readPage('docs/callflows.md')).find(({ under }) => under === 'Settings only')?.text ?? '';

const texts: readonly (readonly [title: string, name: SchemaName, text: string])[] = [
  ...names.flatMap((name) => FILES[name].map((file) => [file, name, readFileSync(file, 'utf8')] as const)),
  ['the example with settings only', 'callflow', SETTINGS_ONLY],
];

describe('the files in schema/', () => {
  it.each(names)('%s.schema.json is what the loader reads', (name) => {
    expect(
      readFileSync(`schema/${name}.schema.json`, 'utf8') === schemaText(name),
      `schema/${name}.schema.json is out of date. Run: npm run build && npx dialproof schema --out schema`,
    ).toBe(true);
  });
});

describe('whatever the loader accepts, editors accept', () => {
  it.each(texts)('%s', (_title, name, text) => {
    expect({ accepted: LOADERS[name](text, {}), underlined: underlined(schemas[name], text) }).toEqual({
      accepted: true,
      underlined: [],
    });
  });

  const shown = [
    readPage('README.md'),
    ...readdirSync('docs')
      .filter((name) => name.endsWith('.md'))
      .map((page) => readPage(`docs/${page}`)),
  ].flatMap((page) =>
    fences(page).flatMap((fence) => {
      const file = fileOf(fence);
      const name = file?.startsWith('prompts/') === true ? 'prompts' : 'callflow';
      return file === null || !LOADERS[name](fence.text, {}) ? [] : [[page.file, file, name, fence.text] as const];
    }),
  );
  it.each(shown)('%s: the example %s', (_page, _file, name, text) => {
    expect(underlined(schemas[name], text)).toEqual([]);
  });

  it('among the examples of the pages are enough of both kinds', () => {
    expect(shown.filter(([, , name]) => name === 'callflow').length).toBeGreaterThan(8);
    expect(shown.filter(([, , name]) => name === 'prompts').length).toBeGreaterThan(5);
  });

  it.each([...VERBS.values()].map(({ name, example }) => [name, example]))(
    'the example of the verb %s',
    (_name, example) => {
      const text = `callflow: tiny\nstart: greet\nblocks:\n  ${example}\n`;
      expect(underlined(schemas.callflow, text)).toEqual([]);
    },
  );

  it.each(texts)('%s with slips of the pen', (_title, name, original) => {
    let accepted = 0;
    fc.assert(
      fc.property(slips(treeOf(original)), fc.constantFrom('greet', '5m', '7', 'never', 'POST'), (tree, value) => {
        const text = written(tree);
        if (!LOADERS[name](text, { CALLFLOW_X: value, AGENT_NUMBER: '+12025550199' })) return;
        accepted += 1;
        expect({ text, underlined: underlined(schemas[name], text) }).toEqual({ text, underlined: [] });
      }),
      { numRuns: name === 'callflow' ? 100 : 200 },
    );
    // Otherwise nothing has been compared.
    expect(accepted).toBeGreaterThan(1);
  });
});

/** Files with one mistake that both the loader and an editor see, and what the editor says. */
const REFUSED: readonly (readonly [what: string, name: SchemaName, text: string, says: string])[] = [
  [
    'a key that is unknown',
    'callflow',
    'settings: { wiat: 8s }',
    '/settings must NOT have additional properties: wiat',
  ],
  ['a duration without a unit', 'callflow', 'settings: { wait: 8 }', '/settings/wait must be string'],
  ['a duration with another unit', 'callflow', 'settings: { wait: 8 sec }', '/settings/wait must match pattern'],
  ['a spacing without a unit', 'callflow', 'settings: { spacing: 20 }', '/settings/spacing must be string'],
  ['too many digits', 'callflow', 'settings: { code: { digits: 11 } }', '/settings/code/digits must be <= 10'],
  ['half a digit', 'callflow', 'settings: { code: { digits: 6.5 } }', '/settings/code/digits must be integer'],
  ['a limit that is too high', 'callflow', 'settings: { limits: { sends: { most: 11 } } }', 'most must be <= 10'],
  [
    'a word that is not on the list',
    'callflow',
    'settings: { skip: sometimes }',
    '/settings/skip must be equal to one',
  ],
  [
    'a method that nobody knows',
    'callflow',
    'settings: { methods: [fax] }',
    '/settings/methods/0 must be equal to one',
  ],
  ['no method', 'callflow', 'settings: { methods: [] }', '/settings/methods must NOT have fewer than 1 items'],
  ['a target that is no name', 'callflow', 'settings: { zero-is: An Agent }', '/settings/zero-is must match pattern'],
  ['a value of the environment', 'callflow', 'exits: { a: { dial: "${HOME}" } }', '/exits/a/dial must match pattern'],
  ['an exit that does two things', 'callflow', 'exits: { a: { dial: 1, hang-up: true } }', 'properties: hang-up'],
  ['an exit that does nothing', 'callflow', 'exits: { a: { say: goodbye } }', '/exits/a must have required'],
  ['an exit that is a text', 'callflow', 'exits: { a: goodbye }', '/exits/a must be object'],
  ['a block without a verb', 'callflow', 'blocks: { hello: { sing: a } }', '/blocks/hello must have required'],
  [
    'a block with two verbs',
    'callflow',
    'blocks: { hello: { say: a, menu: b, next: c } }',
    'additional properties: menu',
  ],
  ['a block without its next', 'callflow', 'blocks: { hello: { say: a } }', "must have required property 'next'"],
  ['a key that no telephone has', 'callflow', 'blocks: { hello: { menu: a, keys: { 10: b } } }', 'properties: 10'],
  ['a menu without keys', 'callflow', 'blocks: { hello: { menu: a, keys: {} } }', 'must NOT have fewer than 1 prop'],
  [
    'a range of digits that is none',
    'callflow',
    'blocks: { hello: { collect: a, digits: 4-, save-as: A, next: b } }',
    '/blocks/hello/digits must match pattern',
  ],
  ['a block whose name is none', 'callflow', 'blocks: { Hello: { say: a, next: b } }', 'property name must be valid'],
  ['a locale that is none', 'prompts', 'locale: english', '/locale must match pattern'],
  ['a prompt that is a list', 'prompts', 'prompts: { greeting: [a] }', '/prompts/greeting must be string'],
  ['a prompt whose name is none', 'prompts', 'prompts: { Greeting: a }', 'property name must be valid'],
  ['a step that is none', 'scenarios', 'scenarios: [ { name: a, call: [ { prss: 1 } ] } ]', 'must have required'],
  ['a word that is no step', 'scenarios', 'scenarios: [ { name: a, call: [ waits ] } ]', 'must be equal to one'],
  ['a step of two', 'scenarios', 'scenarios: [ { name: a, call: [ { press: 1, gets: sms } ] } ]', 'properties: gets'],
  ['a press of nothing', 'scenarios', 'scenarios: [ { name: a, call: [ { press: "" } ] } ]', 'must match pattern'],
  ['no step', 'scenarios', 'scenarios: [ { name: a, call: [] } ]', 'must NOT have fewer than 1 items'],
];

const WHOLE: Readonly<Record<SchemaName, Readonly<Record<string, string>>>> = {
  callflow: { callflow: 'tiny', start: 'hello', blocks: '{ hello: { say: a, next: b } }' },
  prompts: { locale: 'en-US' },
  scenarios: { callflow: 'tiny', scenarios: '[ { name: a, call: [ { press: 1 } ] } ]' },
};

describe('both refuse', () => {
  it.each(REFUSED)('%s', (_what, name, text, says) => {
    const rest = Object.entries(WHOLE[name]).filter(([key]) => !text.startsWith(`${key}:`));
    const file = [...rest.map(([key, value]) => `${key}: ${value}`), text, ''].join('\n');
    expect(LOADERS[name](file, {})).toBe(false);
    expect(underlined(schemas[name], file).join('\n')).toContain(says);
  });
});
