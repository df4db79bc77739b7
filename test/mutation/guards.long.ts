/** Breaks each guard on purpose and sees that a test notices; writes the report. Run by `npm run test:guards`. */
import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Copy } from './copy.ts';
import { GUARDS } from './guards.ts';
import { readReport, REPORT, writeReport, type Row } from './report.ts';

let copy: Copy;
beforeAll(async () => {
  copy = await Copy.make();
});
afterAll(() => copy.remove());

/** What is known so far: a run of some guards (`-t`) keeps what is written of the others. */
async function keep(row: Row): Promise<void> {
  const known = readReport(await readFile(REPORT, 'utf8').catch(() => ''));
  const rows = new Map([...known, row].map((each) => [each.guard, each]));
  await writeFile(REPORT, writeReport(GUARDS.flatMap(({ guard }) => rows.get(guard) ?? [])));
}

describe('without its guard', () => {
  it.each(GUARDS.map((each) => [each.guard, each] as const))('%s: a test goes red', async (guard, each) => {
    const { red, trouble } = await copy.without(each);
    expect(trouble).toBeNull();
    const [first] = red;
    if (first === undefined) expect.fail(`Nothing noticed in ${each.tests.join(' or ')}.`);
    await keep({ guard, file: each.file, proof: first.file, title: first.title });
  });
});
