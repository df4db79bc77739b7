import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { commandIn } from '../../src/cli/init/project-files.ts';
import { readLibrary } from '../../src/cli/library-files.ts';
import { loadScenarios } from '../../src/core/scenario/load-scenarios.ts';
import { fences, readPage } from '../docs/markdown.ts';
import { freePort, Program } from '../support/process.ts';

vi.setConfig({ testTimeout: 60_000 });

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-init-'));
  closers.push(() => rm(folder, { recursive: true }));
  return folder;
}

async function init(folder: string, ...args: readonly string[]) {
  const program = new Program(['init', ...args], { folder });
  const code = await program.exited;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

/** Every file below a folder, with its text. */
async function filesIn(folder: string): Promise<Readonly<Record<string, string>>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((entry) => !entry.isDirectory()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = files.map(async (file) => [path.relative(folder, file), await readFile(file, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** Where the package is, as the commands of a project outside it say. */
const away = (folder: string): string => `npx --prefix ${path.relative(folder, '.')} dialproof`;

const MADE = [
  '.env.example',
  '.gitignore',
  '.vscode/extensions.json',
  '.vscode/settings.json',
  'README.md',
  'callflows/main.yaml',
  'callflows/two-factor.yaml',
  'prompts/en-US/main.yaml',
  'prompts/en-US/standard.yaml',
  'prompts/en-US/two-factor.yaml',
  'prompts/es-ES/main.yaml',
  'prompts/es-ES/standard.yaml',
  'prompts/es-ES/two-factor.yaml',
  'schema/callflow.schema.json',
  'schema/prompts.schema.json',
  'schema/scenarios.schema.json',
  'test/calls/main.yaml',
];

describe('dialproof init', () => {
  it('makes a project, says what it has made and what to do next', async () => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await init(folder, 'line');
    expect({ code, stdout }).toEqual({ code: 0, stdout: MADE.map((file) => `line/${file}\n`).join('') });
    expect(stderr).toBe(
      `\nThe project is made. Start its server, which follows every change:\n\n  cd line\n  ${away(path.join(folder, 'line'))} dev\n\n` +
        'README.md says how to call it, and what is where.\n',
    );
    expect(Object.keys(await filesIn(path.join(folder, 'line'))).toSorted()).toEqual(MADE);
  });

  it('in the folder where it is called, unless another is named', async () => {
    const folder = await temporaryFolder();
    const { code, stdout, stderr } = await init(folder);
    expect({ code, stdout }).toEqual({ code: 0, stdout: MADE.map((file) => `${file}\n`).join('') });
    expect(stderr).not.toContain('cd ');
  });
});

describe('the project', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dialproof-init-'));
    await init(folder);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('begins with the files that are shipped', async () => {
    const made = await filesIn(folder);
    const own = ['README.md', '.gitignore', '.vscode/extensions.json', '.vscode/settings.json'];
    const copies = Object.keys(made).filter((file) => !own.includes(file));
    expect(copies.length).toBe(MADE.length - own.length);
    for (const file of copies) expect({ file, text: made[file] }).toEqual({ file, text: await readFile(file, 'utf8') });
  });

  it('the callflows, prompts and scenarios have no findings', async () => {
    const folders = { callflows: path.join(folder, 'callflows'), prompts: path.join(folder, 'prompts') };
    const environment = { AGENT_NUMBER: '+12025550199' };
    const library = await readLibrary(folders, { environment, defaultLocale: 'en-US' });
    expect(library.flows.map(({ callflow }) => callflow.name)).toEqual(['main', 'two-factor']);
    expect([...library.standard.keys()].toSorted()).toEqual(['en-US', 'es-ES']);
    const text = await readFile(path.join(folder, 'test/calls/main.yaml'), 'utf8');
    expect(loadScenarios({ file: 'test/calls/main.yaml', text }).findings).toEqual([]);
  });

  it('the editor knows the schema of every file, by its settings and by the first line of the file', async () => {
    const made = await filesIn(folder);
    expect(JSON.parse(made['.vscode/extensions.json'] ?? '')).toEqual({ recommendations: ['redhat.vscode-yaml'] });
    expect(JSON.parse(made['.vscode/settings.json'] ?? '')).toEqual({
      'yaml.schemas': {
        './schema/callflow.schema.json': 'callflows/*.yaml',
        './schema/prompts.schema.json': 'prompts/*/*.yaml',
        './schema/scenarios.schema.json': 'test/calls/*.yaml',
      },
    });
    const yaml = Object.entries(made).filter(([file]) => file.endsWith('.yaml'));
    expect(yaml.length).toBe(9);
    for (const [file, text] of yaml) {
      const schema = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text)?.[1] ?? '';
      expect(Object.keys(made)).toContain(path.posix.join(path.posix.dirname(file), schema));
    }
  });

  it('its README tells what to do next, and that works', async () => {
    const environment = { PORT: String(await freePort()) };
    const [dev = '', call = '', check = '', schema = ''] = fences(readPage(path.join(folder, 'README.md'))).map(
      ({ text }) => text.trim().replace(`${away(folder)} `, ''),
    );
    const server = new Program(words(dev), { folder, environment });
    closers.push(() => server.ends('SIGKILL'));
    await server.ready();
    const caller = new Program(words(call), { folder, environment });
    expect({ code: await caller.exited, stderr: caller.stderr }).toMatchObject({ code: 0 });
    expect(caller.stdout).toContain('Thank you, you are verified.');
    expect(caller.stdout).toContain('success (as expected)');
    const checker = new Program(words(check), { folder, environment });
    expect({ code: await checker.exited, stdout: checker.stdout }).toMatchObject({ code: 0 });
    await rm(path.join(folder, 'schema'), { recursive: true });
    expect(await new Program(words(schema), { folder, environment }).exited).toBe(0);
    expect(await readdir(path.join(folder, 'schema'))).toHaveLength(3);
  });
});

describe('a folder that is not empty', () => {
  it('what is in the way is listed, and nothing is written', async () => {
    const folder = await temporaryFolder();
    await mkdir(path.join(folder, 'prompts/en-US'), { recursive: true });
    await writeFile(path.join(folder, 'prompts/en-US/main.yaml'), 'mine');
    await writeFile(path.join(folder, 'README.md'), 'mine');
    await symlink('nowhere', path.join(folder, '.gitignore'));
    const before = await readdir(folder, { recursive: true });
    const { code, stdout, stderr } = await init(folder);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      'There are files in the way:\n  - .gitignore\n  - README.md\n  - prompts/en-US/main.yaml\n' +
        'Nothing has been written. Name another folder, or move them away.\n',
    );
    expect(await readdir(folder, { recursive: true })).toEqual(before);
    expect(await readFile(path.join(folder, 'README.md'), 'utf8')).toBe('mine');
  });

  it('a file in place of a folder is in the way, once', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'prompts'), 'mine');
    const { code, stderr } = await init(folder);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'There are files in the way:\n  - prompts\nNothing has been written. Name another folder, or move them away.\n',
    });
    expect(await readdir(folder)).toEqual(['prompts']);
  });

  it('other files do not matter', async () => {
    const folder = await temporaryFolder();
    await cp('LICENSE', path.join(folder, 'LICENSE'));
    await mkdir(path.join(folder, 'callflows'));
    expect((await init(folder)).code).toBe(0);
  });

  it('a file in place of the project itself is in the way', async () => {
    const { code, stderr } = await init(await temporaryFolder(), '/dev/null');
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr:
        'There are files in the way:\n  - /dev/null\nNothing has been written. Name another folder, or move them away.\n',
    });
  });

  it('a folder that cannot be made is wrong usage', async () => {
    const name = 'x'.repeat(300);
    expect(await init(await temporaryFolder(), name)).toEqual({
      code: 2,
      stdout: '',
      stderr: `The project cannot be written to "${name}" (ENAMETOOLONG).\nName a folder that you may write to.\n`,
    });
  });
});

describe('the command, as the texts of the project say it', () => {
  it('is found by npx below the folder of the package', async () => {
    expect(await commandIn('.')).toBe('npx dialproof');
    expect(await commandIn('some/new/line')).toBe('npx dialproof');
  });

  it('says where to look elsewhere, also inside another package', async () => {
    const folder = await temporaryFolder();
    expect(await commandIn(folder)).toBe(away(folder));
    await writeFile(path.join(folder, 'package.json'), '{}');
    expect(await commandIn(path.join(folder, 'line'))).toBe(away(path.join(folder, 'line')));
  });

  it('works in the project with npx itself, which asks no registry', async () => {
    const folder = await temporaryFolder();
    const [command = '', ...args] = words(`${await commandIn(folder)} schema prompts`);
    const { stdout } = await promisify(execFile)(command, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', npm_config_offline: 'true', HOME: folder },
    });
    expect(stdout).toBe(await readFile('schema/prompts.schema.json', 'utf8'));
  });
});

/** As a shell reads it; only double quotes are used. */
function words(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0]);
}
