import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTraces, writeTraces } from '../../../src/simulator/trace/trace-file.ts';
import type { Trace } from '../../../src/simulator/trace/trace-schema.ts';
import { traced } from './traced.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dialproof-traces-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function all(file: string): Promise<readonly Trace[]> {
  const traces: Trace[] = [];
  for await (const trace of readTraces(file)) traces.push(trace);
  return traces;
}

describe('a file of traces', () => {
  it('has a line for each, and is read back as it was written', async () => {
    const { trace } = await traced('[ { press: sms }, { press: code } ]');
    const file = path.join(folder, 'run.jsonl');
    writeTraces(file, [trace, { ...trace, name: 'Two\nlines' }]);
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(2);
    expect(await all(file)).toEqual([trace, { ...trace, name: 'Two\nlines' }]);
  });

  it.each([
    ['is empty', '', /is empty/],
    ['holds something else', '\nhello\n', /:2 is no line of JSON/],
    ['holds other data', '{"name":"x"}\n', /:1 is no trace, at trace: /],
    ['was written by a newer Dialproof', '{"trace":99}\n', /:1 is a trace of version 99; this is 1/],
  ])('that %s is refused by its line, and told how to write one', async (_how, text, message) => {
    const file = path.join(folder, 'other.jsonl');
    await writeFile(file, text);
    await expect(all(file)).rejects.toMatchObject({ code: 'usage-wrong', message: expect.stringMatching(message) });
  });

  it('that is not there, or cannot be written, is told by its name', async () => {
    const file = path.join(folder, 'none', 'run.jsonl');
    await expect(all(file)).rejects.toMatchObject({ code: 'usage-wrong', message: expect.stringContaining(file) });
    expect(() => writeTraces(file, [])).toThrow(`"${file}" cannot be written.`);
  });
});
