import { appendFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readScenarioFiles } from '../../src/cli/test/scenario-files.ts';
import { project, run, started, test } from './test/project.ts';

vi.setConfig({ testTimeout: 90_000 });

const FAILING = `
  - name: Somebody hopes for a code by email
    call: [ { press: sms }, { gets: email } ]
`;

describe('dialproof test', () => {
  it('plays the shipped scenarios, which take every path that a call can take, as docs/qa.md shows', async () => {
    const { code, stdout, stderr } = await test('.', '--coverage', '--threshold', '100');
    expect(stdout).toMatch(/\n\d{3} passed \(\d{3} calls in [\d.]+ s\)\n/);
    expect(stderr).toMatch(/^all +(\d+) of \1 paths \(100 %\)$/m);
    const page = await readFile('docs/qa.md', 'utf8');
    expect(page).toContain(`\n\`\`\`text\n${stderr.trim()}\n\`\`\`\n`);
    expect(page).toContain(` of ${/(\d+) passed/.exec(stdout)?.[1]} shipped scenarios`);
    expect(code).toBe(0);
  });

  it('tells where a call went otherwise, and ends with 1; with --bail at the first, whatever other threads do', async () => {
    const folder = await project();
    await appendFile(path.join(folder, 'test/calls/two-factor.yaml'), FAILING);
    const written = (await readFile(path.join(folder, 'test/calls/two-factor.yaml'), 'utf8')).split('\n');
    const again = ['--bail', '--times', '200', '--jobs', '2'];
    const { code, stdout, stderr } = await test(folder, '--grep', 'hopes for', ...again);
    expect(stdout).toContain(`test/calls/two-factor.yaml:${written.length - 1}:`);
    expect(stdout).toContain('1 failed (');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
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
    const { plays } = await readScenarioFiles(['test/calls']);
    const each = plays.map(({ scenario }) => ({ name: scenario.name, outcome: 'passed' }));
    expect(outcomes(await test('.', '--jobs', '2', '--times', '2', '--reporter', 'json'))).toEqual([...each, ...each]);
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
    ['words that no scenario has', ['--grep', 'zzzz'], 'No scenario\'s name or file holds "zzzz".', 2],
    ['an expression that none fits', ['--grep', '/z{4}/'], "No scenario's name or file fits /z{4}/.", 2],
    ['a reporter that is none', ['--reporter', 'junitt'], 'Did you mean "junit"?', 2],
    ['a server without the way to it', ['--server', 'http://127.0.0.1:1'], 'Add --through http', 2],
  ] as const)('says what is wrong with %s', async (_what, args, said, expected) => {
    const { code, stderr } = await test('.', ...args);
    expect(stderr).toContain(said);
    expect(code).toBe(expected);
  });

  it('a folder without scenarios is told of, unless some are to be written; a part may have none', async () => {
    const folder = await project();
    await mkdir(path.join(folder, 'empty'));
    const { code, stdout, stderr } = await test(folder, 'empty', '--reporter', 'junit=report.xml');
    expect(stderr).toContain('There is no scenario in empty.\nWrite one there');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    await expect(readFile(path.join(folder, 'report.xml'))).rejects.toThrow('ENOENT');
    expect((await test(folder, 'empty', '--suggest')).code).toBe(0);
    expect((await test(folder, 'test/calls/main.yaml', '--shard', '900/999')).code).toBe(0);
  });

  it('a file of scenarios that cannot be read is told of like one of callflows', async () => {
    const folder = await project();
    await mkdir(path.join(folder, 'test/calls/folder.yaml'));
    const { code, stderr } = await test(folder);
    const file = path.join('test/calls/folder.yaml');
    expect(stderr).toBe(`${file} cannot be read (EISDIR).\nSee that it is a file, and that this user may read it.\n`);
    expect(code).toBe(2);
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
    const program = started(folder, 'test', 'test/calls/main.yaml', '--watch', '--reporter', 'dot');
    await program.says('Waiting for a file to be saved', 1);
    const callflow = path.join(folder, 'callflows/main.yaml');
    await writeFile(callflow, (await readFile(callflow, 'utf8')).replace('failed: no-balance', 'failed: error'));
    await program.says('Waiting for a file to be saved', 2);
    expect(program.stdout).toContain('failed');
    expect(await program.ends('SIGINT')).toBe(0);
  });
});

interface Report {
  readonly scenarios: readonly { readonly name: string; readonly outcome: string }[];
}

function outcomes({ stdout }: { readonly stdout: string }): Report['scenarios'] {
  return (JSON.parse(stdout) as Report).scenarios.map(({ name, outcome }) => ({ name, outcome }));
}

function names(run: { readonly stdout: string }): readonly string[] {
  return outcomes(run).map(({ name }) => name);
}
