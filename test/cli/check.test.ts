import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { freePort, Program } from '../support/process.ts';

vi.setConfig({ testTimeout: 60_000 });

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** A folder with the callflows and prompts that come with Dialproof, and these changes to them. */
async function project(...changes: readonly (readonly [file: string, from: string, to: string])[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-check-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  for (const part of ['callflows', 'prompts']) await cp(part, path.join(folder, part), { recursive: true });
  for (const [file, from, to] of changes) await edit(path.join(folder, file), from, to);
  return folder;
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(file, 'utf8');
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
}

async function check(folder: string, args: readonly string[] = [], environment: Record<string, string> = {}) {
  const program = new Program(['check', ...args], { folder, environment });
  return { code: await program.exited, stdout: program.stdout, stderr: program.stderr };
}

const ERRORS = [
  ['callflows/main.yaml', 'next: say-balance', 'next: say-balence'],
  ['callflows/main.yaml', 'digits: 4-12', 'digits: many'],
  ['callflows/two-factor.yaml', 'right: thank-you', 'right: thankyou'],
  ['callflows/two-factor.yaml', 'start: greet', 'start: greeting'],
] as const;
const WARNING = ['callflows/main.yaml', '2: agent', '3: agent'] as const;

describe('dialproof check', () => {
  it('needs no settings, and has nothing to say about the files that come with Dialproof', async () => {
    expect(await check(await project())).toEqual({
      code: 0,
      stdout: '',
      stderr: 'Nothing to mend: 2 callflows, 2 languages, 22 prompts.\n',
    });
  });

  it('prints every finding with its line, by file and place, and counts them', async () => {
    const { code, stdout, stderr } = await check(await project(...ERRORS));
    expect(code).toBe(1);
    expect(stdout).toMatchInlineSnapshot(`
      "callflows/main.yaml:21:13  error CF102  How many digits: 6, 4-12 (ended by hash), or \`code\`; at most 32.
        21 |     digits: many
           |             ^
        See the settings and verbs in docs/callflows.md.

      callflows/two-factor.yaml:4:8  error CF201  There is no block named "greeting".
        4 | start: greeting
          |        ^
        Known: check, choose-method, enter-code, find-methods, greet, more-options, more-time, new-code, not-delivered, send, thank-you, wrong-code.

      callflows/two-factor.yaml:78:14  error CF201  There is no block or exit named "thankyou". Did you mean "thank-you"?
        78 |       right: thankyou
           |              ^
        Known: agent, check, choose-method, enter-code, error, find-methods, greet, more-options, more-time, new-code, not-delivered, send, success, thank-you, wrong-code.
      "
    `);
    expect(stderr).toMatchInlineSnapshot(`
      "
      3 errors in 8 files.
      npx dialproof explain CF102 says more.
      "
    `);
  });

  it('says with warnings that they are no errors, unless they should be', async () => {
    const folder = await project(WARNING);
    const { code, stdout, stderr } = await check(folder);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: '\n1 warning in 8 files.\nnpx dialproof explain CF231 says more.\n',
    });
    expect(stdout).toMatch(/^callflows\/main\.yaml:38:26 {2}warning CF231 /);
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
          file: 'callflows/main.yaml',
          line: 38,
          column: 26,
          message: 'The number keys of this menu are 1 and 3; callers expect 1 and 2.',
          fix: 'Number them without gaps, beginning with 1: prompts name the keys by themselves.',
        },
      ],
      summary: { errors: 0, warnings: 1, files: 8 },
    });
  });

  it('is a JSON document also where there is nothing to mend', async () => {
    const { stdout } = await check(await project(), ['--json']);
    expect(JSON.parse(stdout)).toEqual({ findings: [], summary: { errors: 0, warnings: 0, files: 8 } });
  });

  it('--format github: annotates the lines of a change', async () => {
    const { stdout } = await check(await project(WARNING), ['--format', 'github']);
    expect(stdout).toBe(
      '::warning file=callflows/main.yaml,line=38,col=26,title=CF231::The number keys of this menu are 1 and 3; callers expect 1 and 2.%0ANumber them without gaps, beginning with 1: prompts name the keys by themselves.\n',
    );
  });

  it('reads the folders that the settings name', async () => {
    const folder = await project(WARNING);
    const environment = { CALLFLOWS_DIR: path.join(folder, 'callflows') };
    const { stdout } = await check(await project(), [], environment);
    expect(stdout).toContain(`${path.join(folder, 'callflows/main.yaml')}:38:26`);
  });

  it('takes what the demo company sets for granted, but in production', async () => {
    const { code, stdout } = await check(await project(), [], { NODE_ENV: 'production', AGENT_NUMBER: '+12025550199' });
    expect(code).toBe(0);
    expect(stdout.match(/\w+ is not set/g)).toEqual([
      'CALLFLOW_BALANCE_URL is not set',
      'CALLFLOW_BALANCE_TEST_URL is not set',
      'CONTACT_METHODS_TEST_URL is not set',
      'CONTACT_METHODS_URL is not set',
    ]);
  });

  it('without its folders is a matter of configuration', async () => {
    const { code, stdout, stderr } = await check(await project(), [], { PROMPTS_DIR: 'nowhere' });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toBe('There is no folder "nowhere".\nMake it, or set PROMPTS_DIR to the folder that you mean.\n');
  });

  it.each([[['--format', 'xml']], [['main.yaml']], [['--watch', '--json']]])('%j is wrong usage', async (args) => {
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

    const main = path.join(folder, 'callflows/main.yaml');
    await edit(main, '2: agent', '3: agent');
    await program.says('1 warning in 8 files.');
    expect(program.stderr).toContain('\nChanged: callflows/main.yaml\n');
    expect(program.stdout).toContain('callflows/main.yaml:38:26  warning CF231');

    await writeFile(path.join(folder, 'prompts/en-US/broken.yaml'), 'locale: [');
    await program.says('1 error in 9 files.');
    expect(program.stderr).toContain('\nChanged: prompts/en-US/broken.yaml\n');

    await rm(path.join(folder, 'prompts/en-US/broken.yaml'));
    await edit(main, '3: agent', '2: agent');
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
    await cp('callflows', path.join(folder, 'callflows'), { recursive: true });
    await program.says('Nothing to mend', 2);
    expect(await program.ends('SIGTERM')).toBe(0);
  });
});

describe('dialproof serve', () => {
  it('says at its start how many warnings there are, and where to read them', async () => {
    const folder = await project(WARNING);
    await appendFile(path.join(folder, 'callflows/main.yaml'), '  lost: { say: balance, next: agent }\n');
    const environment = { PORT: String(await freePort()), DATA_DIR: path.join(folder, 'data') };
    const program = new Program(['serve'], { folder, environment });
    closers.push(() => program.ends('SIGKILL'));
    await program.says('2 warnings in the callflows: npx dialproof check shows them.\n');
    await program.ends('SIGTERM');
  });
});
