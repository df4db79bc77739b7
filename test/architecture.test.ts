import { describe, expect, it } from 'vitest';
import { MOST_LINES, ROOMS, roomOf, violations } from './architecture/rules.ts';
import { readFolder, readSource } from './architecture/source-file.ts';
import { readPage, tables } from './docs/markdown.ts';

const files = readFolder('src');

describe('the house', () => {
  it('has files in every room, so that the rules below judge something', () => {
    expect(new Set(files.map((file) => roomOf(file.path)))).toEqual(new Set(Object.keys(ROOMS)));
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => file.imports).length).toBeGreaterThan(300);
  });

  it('keeps to its rules', () => {
    expect(violations(files)).toEqual([]);
  });

  it('tells its longest files', () => {
    const long = files.filter((file) => file.lines > MOST_LINES * 0.8);
    for (const { path, lines } of long) console.log(`${path} has ${lines} lines of at most ${MOST_LINES}.`);
    expect(long.length).toBeLessThan(files.length / 10);
  });

  it('has the import table that docs/architecture.md shows', () => {
    const shown = tables(readPage('docs/architecture.md')).find(({ head }) => head[0] === 'room');
    expect(shown?.rows.map(([room, imports]) => [room, imports])).toEqual(
      Object.entries(ROOMS).map(([room, { rooms, packages }]) => [
        `\`${room}\``,
        [...rooms, ...(packages === undefined ? [] : [`packages: ${packages.join(', ')}`])].join(', '),
      ]),
    );
  });
});

describe('the reader of the rules finds a planted violation', () => {
  const planted: readonly (readonly [name: string, file: string, text: string, found: RegExp])[] = [
    ['core with a room of ours', 'src/core/a.ts', "import { x } from '../app/x.ts';", /core does not know app/],
    [
      'core with a type of a room of ours',
      'src/core/a.ts',
      "import type { X } from '../app/x.ts';",
      /core does not know app/,
    ],
    ["core with Node's modules", 'src/core/a.ts', "import { readFile } from 'node:fs/promises';", /does not use Node/],
    ["core with Node's modules by their short name", 'src/core/a.ts', "import fs from 'fs';", /does not use Node/],
    ['core with another package', 'src/core/a.ts', "import { request } from 'undici';", /does not use this package/],
    [
      'adapters with the server',
      'src/adapters/a.ts',
      "export { x } from '../server/x.ts';",
      /adapters does not know server/,
    ],
    ['everything re-exported', 'src/app/a.ts', "export * from '../adapters/x.ts';", /app does not know adapters/],
    ['a late import', 'src/app/a.ts', "const x = await import('../cli/x.ts');", /app does not know cli/],
    ['a computed import', 'src/app/a.ts', 'const x = await import(`./${name}.ts`);', /does not use this package/],
    [
      'a type by import()',
      'src/telephone/a.ts',
      "type X = import('../server/x.ts').X;",
      /telephone does not know server/,
    ],
    ['values of core in the demo', 'src/demo/a.ts', "import { x } from '../core/x.ts';", /demo does not know core/],
    [
      'an empty import of core in the demo',
      'src/demo/a.ts',
      "import { type X } from '../core/x.ts';",
      /demo does not know core/,
    ],
    [
      'one folder of adapters in another',
      'src/adapters/codes/a.ts',
      "import { x } from '../stores/x.ts';",
      /does not know another/,
    ],
    ['a file outside src', 'src/cli/a.ts', "import { x } from '../../test/x.ts';", /anything outside src/],
    ['a room that nobody knows', 'src/misc/a.ts', '', /in no room/],
    ['the environment', 'src/server/a.ts', "const port = process.env['PORT'];", /reads the environment/],
    ['the environment by its key', 'src/server/a.ts', "const port = process['env'].PORT;", /reads the environment/],
    ['the environment, unpacked', 'src/cli/a.ts', 'const { env } = process;', /reads the environment/],
    ['the environment, imported', 'src/cli/a.ts', "import { env } from 'node:process';", /reads the environment/],
    ['another spelling', 'src/app/turnEngine.ts', '', /kebab-case/],
    ['a name that says nothing', 'src/app/utils/a.ts', '', /says nothing/],
    ['a long file', 'src/app/a.ts', 'let a;\n'.repeat(MOST_LINES + 1), /301 lines/],
  ];

  it.each(planted)('%s', (_name, file, text, found) => {
    expect(violations([readSource(file, text)]).join('\n')).toMatch(found);
  });

  it('three files in a circle', () => {
    const circle = ['a', 'b', 'c'].map((name, index, all) =>
      readSource(`src/app/${name}.ts`, `import { x } from './${all[(index + 1) % 3]}.ts';`),
    );
    expect(violations(circle)).toEqual(['import cycle: src/app/a.ts > src/app/b.ts > src/app/c.ts > src/app/a.ts']);
  });

  it('a text that is no TypeScript', () => {
    expect(() => readSource('src/app/a.ts', 'import {')).toThrow('src/app/a.ts cannot be parsed');
  });
});

describe('and leaves alone what is allowed', () => {
  const allowed: readonly (readonly [name: string, file: string, text: string])[] = [
    ['types of core in the demo', 'src/demo/a.ts', "import type { X } from '../core/x.ts';"],
    ['the shared folder of adapters', 'src/adapters/delivery/a.ts', "import { x } from '../outbound/x.ts';"],
    ['files directly in adapters', 'src/adapters/stores/sql/a.ts', "import { x } from '../../clock.ts';"],
    ['a folder of adapters in itself', 'src/adapters/stores/sql/a.ts', "import { x } from '../vault.ts';"],
    ['a package by a path in it', 'src/adapters/a.ts', "import x from 'twilio/lib/webhooks/webhooks.js';"],
    [
      'an import that only a comment or a text holds',
      'src/core/a.ts',
      "// import { x } from '../app/x.ts'\nconst s = \"import('../cli/x.ts')\";",
    ],
    ['a file of comments', 'src/core/a.ts', '// one\n/* two\n three */\n'.repeat(200)],
    ['what else a process knows', 'src/cli/a.ts', 'const { pid } = process;'],
    ['types in a circle', 'src/app/a.ts', "import type { X } from './a.ts';"],
  ];

  it.each(allowed)('%s', (_name, file, text) => {
    expect(violations([readSource(file, text)])).toEqual([]);
  });
});
