import { appendFile, cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { Program } from '../support/process.ts';

vi.setConfig({ testTimeout: 90_000 });

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** A folder as designers have it: callflows, prompts and scenarios. */
async function project(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-test-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['callflows', 'prompts', 'test/calls'])
    await cp(name, path.join(folder, name), { recursive: true });
  return folder;
}

const test = (folder: string, ...args: readonly string[]) => run(folder, 'test', ...args);

async function run(folder: string, ...args: readonly string[]) {
  const program = new Program(args, { folder });
  closers.push(() => program.ends('SIGKILL'));
  return { code: await program.exited, stdout: program.stdout, stderr: program.stderr };
}

/** A scenario taken out of its file. */
async function without(folder: string, file: string, name: string): Promise<void> {
  const place = path.join(folder, 'test/calls', file);
  const scenarios = (await readFile(place, 'utf8')).split(/(?=^ {2}- name: )/m);
  expect(scenarios.filter((each) => each.includes(name))).toHaveLength(1);
  await writeFile(place, scenarios.filter((each) => !each.includes(name)).join(''));
}

const FAILING = `
  - name: Somebody hopes for a code by email
    call: [ { press: sms }, { gets: email } ]
`;

describe('dialproof test', () => {
  it('plays the shipped scenarios, which take every path that a call can take, as docs/qa.md shows', async () => {
    const { code, stdout, stderr } = await test('.', '--coverage', '--threshold', '100');
    expect(stdout).toMatch(/\n\d{3} passed \(\d{3} calls in [\d.]+ s\)\n/);
    expect(stderr).toMatch(/^all +(\d+) of \1 paths \(100 %\)$/m);
    expect(await readFile('docs/qa.md', 'utf8')).toContain(`\n\`\`\`text\n${stderr.trim()}\n\`\`\`\n`);
    expect(code).toBe(0);
  });

  it('names the path that nobody tests any more with its line when a scenario is taken out, and suggests one', async () => {
    const folder = await project();
    await without(folder, 'main.yaml', 'The balance again, and nobody is asked for a second code');
    const line = 1 + lines(await readFile(path.join(folder, 'callflows/main.yaml'), 'utf8'), 'keys: { 1: identify');
    const missing = await test(folder, '--coverage', '--threshold', '100', '--reporter', 'dot');
    expect(missing.stderr).toContain(`callflows/main.yaml:${line}:16  anything-else: 1 -> identify`);
    expect(missing.stderr).toContain('below the threshold of 100 %');
    expect(missing.code).toBe(1);
    const suggested = await test(folder, '--suggest', '--reporter', 'dot');
    expect(suggested.stderr).toContain('Written: test/calls/suggested-main.yaml (1 scenario)');
    const covered = await test(folder, '--coverage', '--threshold', '100', '--reporter', 'dot');
    expect(covered.stderr).toMatch(/^all .*\(100 %\)$/m);
    expect(covered.code).toBe(0);
  });

  it('tells where a call went otherwise and what was heard, and ends with 1', async () => {
    const folder = await project();
    await appendFile(path.join(folder, 'test/calls/two-factor.yaml'), FAILING);
    const written = (await readFile(path.join(folder, 'test/calls/two-factor.yaml'), 'utf8')).split('\n');
    const { code, stdout } = await test(folder, '--grep', 'hopes for');
    expect(stdout).toContain(`test/calls/two-factor.yaml:${written.length - 1}:`);
    expect(stdout).toContain('1 failed');
    expect(code).toBe(1);
  });

  it('plays what --grep and --shard choose: the parts are the whole', async () => {
    const whole = names(await test('.', '--grep', '/code/i', '--reporter', 'json'));
    const parts = await Promise.all(
      ['1/2', '2/2'].map((part) => test('.', '--grep', '/code/i', '--shard', part, '--reporter', 'json')),
    );
    expect(whole.length).toBeGreaterThan(20);
    expect(parts.flatMap(names).toSorted()).toEqual(whole.toSorted());
    expect(Math.abs(parts.map((part) => names(part).length).reduce((a, b) => a - b))).toBeLessThanOrEqual(1);
  });

  it('comes to the same in several threads, in the order of the files', async () => {
    const one = outcomes(await test('.', '--jobs', '1', '--times', '2', '--reporter', 'json'));
    const two = outcomes(await test('.', '--jobs', '2', '--times', '2', '--reporter', 'json'));
    expect(two).toEqual(one);
    expect(one.length).toBeGreaterThan(200);
  });

  it('writes traces of all calls, from several threads as well, and a page is made of them', async () => {
    const folder = await project();
    const { code } = await test(folder, 'test/calls/main.yaml', '--trace', 'run.jsonl', '--jobs', '2');
    expect(code).toBe(0);
    const traces = (await readFile(path.join(folder, 'run.jsonl'), 'utf8')).trim().split('\n');
    const names = (await readFile(path.join(folder, 'test/calls/main.yaml'), 'utf8')).match(/^ {2}- name:/gm);
    expect(traces.length).toBeGreaterThanOrEqual(names?.length ?? Infinity);
    expect(traces.filter((line) => !line.includes('<Response>'))).toEqual([]);
    const page = await run(folder, 'trace', 'run.jsonl');
    expect(page).toMatchObject({ code: 0, stdout: 'run.html\n' });
    expect(await readFile(path.join(folder, 'run.html'), 'utf8')).toContain('none failed</h1>');
  });

  it.each([
    ['a folder that is not there', ['nowhere'], 'There is no file or folder "nowhere".', 2],
    ['a part that is none', ['--shard', '3/2'], '"3/2" names no part of a whole.', 2],
    ['an expression that is none', ['--grep', '/(/'], 'is no regular expression', 2],
    ['a reporter that is none', ['--reporter', 'junitt'], 'Did you mean "junit"?', 2],
    ['a server without the way to it', ['--server', 'http://127.0.0.1:1'], 'Add --through http', 2],
  ] as const)('says what is wrong with %s', async (_what, args, said, expected) => {
    const { code, stderr } = await test('.', ...args);
    expect(stderr).toContain(said);
    expect(code).toBe(expected);
  });

  it('tells of a prompt that there is not before anything is played', async () => {
    const folder = await project();
    await appendFile(path.join(folder, 'test/calls/main.yaml'), '\n  - name: Typo\n    call: [ { hears: balanse } ]\n');
    const { code, stdout, stderr } = await test(folder);
    expect(stderr).toContain('Did you mean "balance"?');
    expect(stdout).toBe('');
    expect(code).toBe(1);
  });

  it('plays again when a callflow is saved, until it is ended', async () => {
    const folder = await project();
    const program = new Program(['test', 'test/calls/main.yaml', '--watch', '--reporter', 'dot'], { folder });
    closers.push(() => program.ends('SIGKILL'));
    await program.says('Waiting for a file to be saved', 1);
    const callflow = path.join(folder, 'callflows/main.yaml');
    await writeFile(callflow, (await readFile(callflow, 'utf8')).replace('failed: no-balance', 'failed: error'));
    await program.says('Waiting for a file to be saved', 2);
    expect(program.stdout).toContain('failed');
    expect(await program.ends('SIGINT')).toBe(0);
  });
});

/** Index of the line that holds this. */
function lines(text: string, held: string): number {
  return text.split('\n').findIndex((line) => line.includes(held));
}

interface Report {
  readonly scenarios: readonly { readonly name: string; readonly outcome: string }[];
}

function outcomes({ stdout }: { readonly stdout: string }): Report['scenarios'] {
  return (JSON.parse(stdout) as Report).scenarios.map(({ name, outcome }) => ({ name, outcome }));
}

function names(run: { readonly stdout: string }): readonly string[] {
  return outcomes(run).map(({ name }) => name);
}
