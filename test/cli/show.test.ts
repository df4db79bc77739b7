import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { showCommand } from '../../src/cli/show.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dialproof-show-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Shown {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number | null;
}

async function show(words: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Shown> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let code: number | null = null;
  const finish = (exitCode: number): void => void (code = exitCode);
  await showCommand({ environment: () => settings, stdout, stderr, finish }).parseAsync(words, { from: 'user' });
  stdout.end();
  stderr.end();
  return { stdout: await text(stdout), stderr: await text(stderr), code };
}

describe('dialproof show', () => {
  it.each([
    ['as Mermaid, unless something else is asked for', ['two-factor'], /^flowchart TD\n/],
    ['as SVG', ['two-factor', '--as', 'svg'], /^<svg [^]*<\/svg>\n$/],
    ['as DOT', ['two-factor', '--as', 'dot'], /^digraph "two-factor" \{\n[^]*\}\n$/],
    [
      'as a script, in all of its languages',
      ['main', '--as', 'script'],
      /^Self-service line\nmain, en-US\n[^]*\nmain, es-ES\n/,
    ],
    ['as a script in one', ['main', '--as', 'script', '--locale', 'es-ES'], /^Self-service line\nmain, es-ES\n/],
    ['with its limits', ['main', '--limits'], /-\. "3 silences or wrong keys" \.->/],
    ['with the words of a language', ['main', '--locale', 'es-ES'], /Introduzca su número/],
  ])('shows a callflow %s', async (_how, words, expected) => {
    const { stdout, stderr, code } = await show(words);
    expect(stdout).toMatch(expected);
    expect([stderr, code]).toEqual(['', 0]);
  });

  it('as JSON prints one document', async () => {
    const { stdout } = await show(['main', '--as', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ callflow: 'main', start: 'account' });
  });

  it.each([
    ['picture.svg', /^<svg /, 'svg'],
    ['picture.DOT', /^digraph/, 'dot'],
    ['picture.mmd', /^flowchart/, 'mermaid'],
    ['picture.json', /^\{/, 'json'],
    ['calls.txt', /^Self-service line\n/, 'script'],
  ])('writes %s, whose ending says what it is', async (file, expected, format) => {
    const out = path.join(folder, file);
    const { stdout, stderr, code } = await show(['main', '--out', out]);
    expect([stdout, stderr, code]).toEqual(['', `Wrote ${out} (${format}).\n`, 0]);
    expect(await readFile(out, 'utf8')).toMatch(expected);
  });

  it('is the same whatever the environment holds, and never shows what it holds', async () => {
    const secret = { AGENT_NUMBER: '+12025550199', CALLFLOW_BALANCE_URL: 'https://secret.example.com/' };
    for (const words of [['main'], ['main', '--as', 'script', '--locale', 'en-US']])
      expect((await show(words, secret)).stdout).toBe((await show(words)).stdout);
  });

  it.each([
    [
      'no name where there are several',
      [],
      'Which callflow? There are: main, otp-nodes, two-factor, web-sign-in.\nName one, for example: dialproof show main\n',
    ],
    [
      'a name that is none',
      ['two-facter'],
      'There is no callflow named "two-facter".\nDid you mean "two-factor"? There are: main, otp-nodes, two-factor, web-sign-in.\n',
    ],
    [
      'a file whose ending says nothing',
      ['main', '--out', 'main.png'],
      'The name of the file "main.png" does not say what to write.\nLet it end in .mmd, .mermaid, .svg, .dot, .gv, .json, .txt, or say --as.\n',
    ],
    [
      'a file that cannot be written',
      ['main', '--out', 'nowhere/main.svg'],
      '"nowhere/main.svg" cannot be written.\nName a file in a folder that is there, and that you may write to.\n',
    ],
    [
      'a language that it does not speak',
      ['main', '--as', 'script', '--locale', 'fr-FR'],
      'The callflow "main" does not speak fr-FR.\nIt speaks: en-US, es-ES. Another language needs prompts/<locale>/main.yaml.\n',
    ],
  ])('%s is wrong usage', async (_what, words, message) => {
    expect(await show(words)).toMatchObject({ stdout: '', stderr: message, code: 2 });
  });

  it('a format that is none is wrong usage, and who reads only the beginning is no fault', async () => {
    const run = promisify(execFile);
    const asPdf = run(process.execPath, ['dist/bin/dialproof.js', 'show', 'main', '--as', 'pdf']);
    await expect(asPdf).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('mermaid, svg, dot, json') as string,
    });
    const cut = await run('sh', ['-c', `"${process.execPath}" dist/bin/dialproof.js show main --as script | head -1`]);
    expect(cut).toEqual({ stdout: 'Self-service line\n', stderr: '' });
  });

  it('needs no name where there is one callflow', async () => {
    const { stdout } = await show([], {
      CALLFLOWS_DIR: await withCallflow('only', 'blocks:\n  a: { say: hello, next: error }\n'),
    });
    expect(stdout).toContain('block_a["<b>a</b><br/><i>say</i>"]');
  });

  it('draws a sketch, with what is still to be written, and tells a script what is missing', async () => {
    const settings = { CALLFLOWS_DIR: await withCallflow('sketch', 'blocks:\n  a: { say: hello, next: b }\n') };
    expect((await show(['sketch'], settings)).stdout).toContain(
      'exit_b(["<b>b</b><br/>is not written yet"]):::missing',
    );
    const { stderr, code } = await show(['sketch', '--as', 'script'], settings);
    expect(stderr).toMatch(/error CF201/);
    expect(code).toBe(3);
  });

  it('says where a file cannot be read', async () => {
    const { stderr, code } = await show(['bad'], {
      CALLFLOWS_DIR: await withCallflow('bad', 'blocks:\n  a: { sya: hello }\n'),
    });
    expect(stderr).toMatch(/bad\.yaml:4:\d+ {2}error CF104 .*Did you mean "say"\?/);
    expect(code).toBe(3);
  });

  /** A folder of callflows with one file. */
  async function withCallflow(name: string, text: string): Promise<string> {
    const inside = await mkdtemp(path.join(folder, 'callflows-'));
    await writeFile(path.join(inside, `${name}.yaml`), `callflow: ${name}\nstart: a\n${text}`);
    return inside;
  }
});
