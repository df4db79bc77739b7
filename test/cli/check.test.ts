import { randomBytes } from 'node:crypto';
import { appendFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { freePort, Program } from '../support/process.ts';

vi.setConfig({ testTimeout: 60_000 });

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

const LINE = `callflow: line
start: ask
exits: { agent: { dial: "\${AGENT_NUMBER}" } }
blocks:
  ask: { menu: ask, keys: { 1: hello, 2: agent } }
  hello: { say: hello, next: ask }
`;
const PROMPTS = `locale: en-US
prompts:
  hello: "Hello."
  ask: { ask: "What now?", hello: "For a greeting", agent: "To speak to someone" }
`;

/** A folder with one callflow and its prompts, beside the standard ones; `changes` are made to its text. */
async function project(...changes: readonly (readonly [from: string, to: string])[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-check-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  await mkdir(path.join(folder, 'callflows'));
  for (const locale of ['en-US', 'es-ES'])
    await cp(`prompts/${locale}/standard.yaml`, path.join(folder, 'prompts', locale, 'standard.yaml'));
  await writeFile(path.join(folder, 'prompts/en-US/line.yaml'), PROMPTS);
  await writeFile(path.join(folder, 'callflows/line.yaml'), edited(LINE, ...changes));
  return folder;
}

function edited(text: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  return changes.reduce((all, [from, to]) => {
    expect(all).toContain(from);
    return all.replace(from, to);
  }, text);
}

async function check(folder: string, args: readonly string[] = [], environment: Record<string, string> = {}) {
  const program = new Program(['check', ...args], { folder, environment });
  return { code: await program.exited, stdout: program.stdout, stderr: program.stderr };
}

const WARNING = ['2: agent', '3: agent'] as const;

describe('dialproof check', () => {
  it('needs no settings, and has nothing to say about the files that come with Dialproof', async () => {
    const { code, stdout, stderr } = await check('.');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toMatch(/^Nothing to mend: \d+ callflows, \d+ languages, \d+ prompts\.\n$/);
  });

  it('prints every finding with its line, by file and place, and counts them', async () => {
    const folder = await project(['next: ask', 'next: aks'], ['1: hello', '1: hallo']);
    const other = edited(LINE, ['callflow: line', 'callflow: other'], ['menu: ask', 'menus: ask']);
    await writeFile(path.join(folder, 'callflows/another.yaml'), other);
    const { code, stdout, stderr } = await check(folder);
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "callflows/another.yaml:5:10  error CF104  "menus" is not a verb. Did you mean "menu"?
        4 | blocks:
        5 |   ask: { menus: ask, keys: { 1: hello, 2: agent } }
          |          ^^^^^
        Verbs: choose-method, collect, find-methods, link, menu, say, send-code, service, set, verify-code, when.

      callflows/line.yaml:5:32  error CF201  There is no block or exit named "hallo". Did you mean "hello"?
        4 | blocks:
        5 |   ask: { menu: ask, keys: { 1: hallo, 2: agent } }
          |                                ^^^^^
        Known: agent, ask, error, hello.

      callflows/line.yaml:6:30  error CF201  There is no block or exit named "aks". Did you mean "ask"?
        5 |   ask: { menu: ask, keys: { 1: hallo, 2: agent } }
        6 |   hello: { say: hello, next: aks }
          |                              ^^^
        Known: agent, ask, error, hello.
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "
      3 errors in 5 files.
      npx dialproof explain CF104 says more.
      "
    `);
  });

  it('counts what it has read where there is nothing to mend', async () => {
    expect(await check(await project())).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Nothing to mend: 1 callflow, 2 languages, 11 prompts.\n',
    });
  });

  it('says with warnings that they are no errors, unless they should be', async () => {
    const folder = await project(WARNING);
    const { code, stdout, stderr } = await check(folder);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: '\n1 warning in 4 files.\nnpx dialproof explain CF231 says more.\n',
    });
    expect(stdout).toMatch(/^callflows\/line\.yaml:5:39 {2}warning CF231 /);
    expect(await check(folder, ['--strict'])).toEqual({ code: 1, stdout, stderr });
  });

  it.each([['--json'], ['--format', 'json']])('%s %s: is one JSON document and nothing else', async (...args) => {
    const { code, stdout } = await check(await project(WARNING), args);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      findings: [
        {
          code: 'CF231',
          severity: 'warning',
          file: 'callflows/line.yaml',
          line: 5,
          column: 39,
          endColumn: 40,
          message: 'The number keys of this menu are 1 and 3; callers expect 1 and 2.',
          fix: 'Number them without gaps, beginning with 1: prompts name the keys by themselves.',
        },
      ],
      summary: { errors: 0, warnings: 1, files: 4 },
    });
  });

  it('is a JSON document also where there is nothing to mend', async () => {
    const { stdout } = await check(await project(), ['--json']);
    expect(JSON.parse(stdout)).toEqual({ findings: [], summary: { errors: 0, warnings: 0, files: 4 } });
  });

  it('--format github: annotates the lines of a change', async () => {
    const { stdout } = await check(await project(WARNING), ['--format', 'github']);
    expect(stdout).toBe(
      '::warning file=callflows/line.yaml,line=5,col=39,title=CF231::The number keys of this menu are 1 and 3; callers expect 1 and 2.%0ANumber them without gaps, beginning with 1: prompts name the keys by themselves.\n',
    );
  });

  it('reads the folders that the settings name', async () => {
    const folder = await project(WARNING);
    const environment = { CALLFLOWS_DIR: path.join(folder, 'callflows') };
    const { stdout } = await check(await project(), [], environment);
    expect(stdout).toContain(`${path.join(folder, 'callflows/line.yaml')}:5:39`);
  });

  it('takes what the demo company sets for granted, but in production', async () => {
    const { code, stdout } = await check(await project(), [], { NODE_ENV: 'production' });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^callflows\/line\.yaml:3:25 {2}warning CF234 {2}AGENT_NUMBER is not set/);
  });

  it('without its folders is a matter of configuration', async () => {
    const { code, stdout, stderr } = await check(await project(), [], { PROMPTS_DIR: 'nowhere' });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe('There is no folder "nowhere".\nMake it, or set PROMPTS_DIR to the folder that you mean.\n');
  });

  it.each([[['--format', 'xml']], [['line.yaml']], [['--watch', '--json']]])('%j is wrong usage', async (args) => {
    const { code, stdout, stderr } = await check(await project(), args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).not.toBe('');
  });
});

describe('dialproof check --watch', () => {
  it('checks again with every save, says what was saved, and ends with Ctrl-C', async () => {
    const folder = await project();
    const program = new Program(['check', '--watch'], { folder });
    closers.push(() => program.ends('SIGKILL'));
    await program.says('Watching; Ctrl-C ends it.');
    expect(program.stdout).toBe('');

    const line = path.join(folder, 'callflows/line.yaml');
    await writeFile(line, edited(LINE, WARNING));
    await program.says('1 warning in 4 files.');
    await program.prints('callflows/line.yaml:5:39  warning CF231');
    expect(program.stderr).toContain('\nChanged: callflows/line.yaml\n');

    await writeFile(path.join(folder, 'prompts/en-US/broken.yaml'), 'locale: [');
    await program.says('1 error in 5 files.');
    expect(program.stderr).toContain('\nChanged: prompts/en-US/broken.yaml\n');

    await mkdir(path.join(folder, 'prompts/en-US/audio'));
    await writeFile(path.join(folder, 'prompts/en-US/audio/hello.wav'), 'RIFF');
    await program.says('Changed: prompts/en-US/audio/hello.wav');
    await rm(path.join(folder, 'prompts/en-US/audio'), { recursive: true });

    await rm(path.join(folder, 'prompts/en-US/broken.yaml'));
    await writeFile(line, LINE);
    await program.says('Nothing to mend', 2);
    expect(await program.ends('SIGINT')).toBe(0);
  });

  it('without its folders is a matter of configuration', async () => {
    const { code, stderr } = await check(await project(), ['--watch'], { PROMPTS_DIR: 'nowhere' });
    expect(code).toBe(3);
    expect(stderr).toContain('There is no folder "nowhere".');
  });

  it('goes on when a folder is gone for a moment', async () => {
    const folder = await project();
    const program = new Program(['check', '--watch'], { folder });
    closers.push(() => program.ends('SIGKILL'));
    await program.says('Watching');
    await rm(path.join(folder, 'callflows'), { recursive: true });
    await program.says('There is no folder "./callflows".');
    await mkdir(path.join(folder, 'callflows'));
    await writeFile(path.join(folder, 'callflows/line.yaml'), LINE);
    await program.says('Nothing to mend', 2);
    expect(await program.ends('SIGTERM')).toBe(0);
  });
});

describe('dialproof serve', () => {
  const PRODUCTION = {
    NODE_ENV: 'production',
    PUBLIC_URL: 'https://calls.example.com',
    SECRET_KEY: randomBytes(32).toString('base64'),
    TWILIO_AUTH_TOKEN: 'token',
    AGENT_NUMBER: '+12025550199',
  };

  it.each<[where: string, settings: Record<string, string>, command: string]>([
    ['', {}, 'npx dialproof check'],
    [' in production', PRODUCTION, 'NODE_ENV=production npx dialproof check'],
  ])('says at its start how many warnings there are, and where to read them%s', async (_where, settings, command) => {
    const folder = await project(WARNING);
    await appendFile(path.join(folder, 'callflows/line.yaml'), '  lost: { say: hello, next: agent }\n');
    const environment = { PORT: String(await freePort()), DATA_DIR: path.join(folder, 'data'), ...settings };
    const program = new Program(['serve'], { folder, environment });
    closers.push(() => program.ends('SIGKILL'));
    await program.ready();
    expect(program.stderr).toMatch(new RegExp(`^2 warnings in the callflows: ${command} shows them\\.$`, 'm'));
    await program.ends('SIGTERM');
  });
});
