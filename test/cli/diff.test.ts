import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diffCommand } from '../../src/cli/diff.ts';
import { fences, readPage } from '../docs/markdown.ts';

const run = promisify(execFile);
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dialproof-diff-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** A version in a folder of its own: the shipped files, some of them changed. */
async function version(changes: Readonly<Record<string, (text: string) => string>> = {}): Promise<string> {
  const inside = await mkdtemp(path.join(folder, 'version-'));
  await Promise.all(['callflows', 'prompts'].map((each) => cp(each, path.join(inside, each), { recursive: true })));
  await Promise.all(Object.entries(changes).map(([file, change]) => edit(path.join(inside, file), change)));
  return inside;
}

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(file, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`${file} has not changed`);
  await writeFile(file, after);
}

async function diff(
  words: readonly string[],
  now = '',
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let code: number | null = null;
  const environment = () =>
    now === '' ? {} : { CALLFLOWS_DIR: path.join(now, 'callflows'), PROMPTS_DIR: path.join(now, 'prompts') };
  const finish = (exitCode: number): void => void (code = exitCode);
  await diffCommand({ environment, stdout, stderr, finish }).parseAsync(words, { from: 'user' });
  stdout.end();
  stderr.end();
  return { stdout: await text(stdout), stderr: await text(stderr), code };
}

const LOOSER = {
  'callflows/two-factor.yaml': (was: string) =>
    was
      .replace('lasts: 5m', 'lasts: 10m')
      .replace('attempts-per-code: { most: 3', 'attempts-per-code: { most: 5')
      .replace('methods: [email, sms', 'methods: [sms, email'),
  'prompts/en-US/two-factor.yaml': (was: string) =>
    was.replace('Before we go on, we need to check that it is you.', 'First we check that it is you.'),
};

describe('dialproof diff', () => {
  it('prints what stands in docs/callflows.md', async () => {
    const { stdout, code } = await diff([await version(), await version(LOOSER)]);
    const shown = fences(readPage('docs/callflows.md')).find(
      ({ under, language }) => under === 'What has changed' && language === 'text',
    );
    expect(stdout).toBe(shown?.text);
    expect(code).toBe(1);
  });

  it('of equal versions says so', async () => {
    expect(await diff([await version(), await version()])).toEqual({
      stdout: 'Both versions are the same.\n',
      stderr: '',
      code: 0,
    });
  });

  it('of versions that are only written in another way says that, and which files', async () => {
    const after = await version({
      'callflows/main.yaml': (was) => `# Another word about it.\n${was}`,
      'prompts/es-ES/main.yaml': (was) => was.replace('prompts:\n', 'prompts:   # what is said\n'),
    });
    expect(await diff([await version(), after])).toEqual({
      stdout:
        'Nothing that a caller would notice has changed, only how it is written:\ncallflows/main.yaml, prompts/es-ES/main.yaml.\n',
      stderr: '',
      code: 0,
    });
  });

  it('without a second version takes the files as they are now', async () => {
    const now = await version({ 'callflows/main.yaml': (was) => was.replace('1: identify', '3: identify') });
    const { stdout, code } = await diff([await version()], now);
    expect(stdout).toBe(`main

  In anything-else, key 3 now leads to identify ("To hear your balance again");
  it was key 1.

1 change. None of them leads around the code to success or to a block behind a
right code, or makes codes or limits looser.
`);
    expect(code).toBe(1);
  });

  it('marks a change by which callers without a code hear what stands behind one', async () => {
    const inMain = (change: (was: string) => string): Promise<string> =>
      version({ 'callflows/main.yaml': (was) => change(was.replace('then: success', 'then: agent')) });
    const open = (was: string): string => was.replace('agent: agent, error', 'agent: balance, error');
    const { stdout } = await diff([await inMain((was) => was), await inMain(open)]);
    expect(stdout).toBe(`main

! "balance" is where "identify" leads after a right code for AccountNumber, and
  callers come to it by "agent" without one, too. (looser)
  In identify, when two-factor comes back by agent, callers go to balance
  instead of agent.

2 changes. The one marked ! makes it easier to get through without being who one
says.
`);
  });

  it('as JSON prints one document', async () => {
    const { stdout, code } = await diff([await version(), await version(LOOSER), '--json']);
    const found = JSON.parse(stdout) as { readonly callflows: readonly { readonly changes: readonly object[] }[] };
    expect(found).toMatchObject({
      same: false,
      files: ['callflows/two-factor.yaml', 'prompts/en-US/two-factor.yaml'],
      callflows: [{ callflow: 'two-factor' }],
    });
    expect(found.callflows[0]?.changes[0]).toEqual({
      about: 'code',
      name: '',
      text: 'A code works for 10 minutes instead of 5 minutes.',
      security: 'looser',
    });
    expect(code).toBe(1);
  });

  it('of a version that cannot be read says where', async () => {
    const bad = await version({ 'callflows/main.yaml': (was) => was.replace('collect:', 'colect:') });
    const { stderr, code } = await diff([await version(), bad]);
    expect(stderr).toMatch(/main\.yaml:\d+:\d+ {2}error CF104 .*Did you mean "collect"\?/);
    expect(code).toBe(3);
  });

  it('of a folder without files is wrong usage', async () => {
    expect(await diff([folder])).toEqual({
      stdout: '',
      stderr: `"${folder}" does not hold callflows/ and prompts/.\nName a folder that holds both, or git:<ref>, for example git:HEAD.\n`,
      code: 2,
    });
  });
});

describe('dialproof diff with git', () => {
  let repository = '';
  const git = (...words: readonly string[]) =>
    run('git', ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...words], { cwd: repository });
  /** As a process of its own: git looks for the repository that the command is run in. */
  const inside = (...words: readonly string[]) =>
    run(process.execPath, [path.resolve('dist/bin/dialproof.js'), 'diff', ...words], { cwd: repository }).then(
      ({ stdout, stderr }) => ({ stdout, stderr, code: 0 }),
      ({ stdout, stderr, code }: { stdout: string; stderr: string; code: number }) => ({ stdout, stderr, code }),
    );

  beforeAll(async () => {
    repository = await version();
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '.');
    await git('commit', '--quiet', '--message=first');
    await edit(path.join(repository, 'callflows/main.yaml'), (was) => was.replace('digits: 4-12', 'digits: 6'));
    await git('commit', '--quiet', '--all', '--message=second');
    await edit(path.join(repository, 'callflows/main.yaml'), (was) => was.replace('digits: 6', 'digits: 8'));
  });

  it('compares what is committed with the files as they are now', async () => {
    const { stdout, stderr, code } = await inside('git:HEAD');
    expect([stdout.split('\n')[2], stderr, code]).toEqual([
      '  In account, callers enter 8 digits instead of 6 digits.',
      '',
      1,
    ]);
  });

  it('compares two commits', async () => {
    const { stdout, code } = await inside('git:main~1', 'git:main');
    expect([stdout.split('\n')[2], code]).toEqual([
      '  In account, callers enter 6 digits instead of 4 to 12 digits.',
      1,
    ]);
  });

  it.each([
    ['a commit that is not there', 'git:nowhere'],
    ['no commit at all', 'git:'],
    ['something that git would take for an option', 'git:--output=stolen.txt'],
  ])('%s is wrong usage', async (_what, before) => {
    const files = await readdir(repository);
    const ref = before.slice('git:'.length);
    expect(await inside(before)).toEqual({
      stdout: '',
      stderr: `git finds no version "${ref}" of these files here.\nRun this inside the repository that holds them, and name a commit, a branch or a tag.\n`,
      code: 2,
    });
    expect(await readdir(repository)).toEqual(files);
  });
});
