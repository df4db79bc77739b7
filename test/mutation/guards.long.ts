/** Breaks each guard on purpose and sees that a test notices; writes the report. Run by `npm run test:guards`. */
import { writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Copy } from './copy.ts';
import { GUARDS } from './guards.ts';
import { REPORT, writeReport, type Row } from './report.ts';

let copy: Copy;
beforeAll(async () => {
  copy = await Copy.make();
});
afterAll(() => copy.remove());

const rows: Row[] = [];

describe('without its guard', () => {
  it.each(GUARDS.map((each) => [each.guard, each] as const))('%s: a test goes red', async (guard, each) => {
    const { red, trouble } = await copy.without(each);
    expect(trouble).toBeNull();
    const [first] = red;
    if (first === undefined) expect.fail(`Nothing noticed in ${each.tests.join(' or ')}.`);
    rows.push({ guard, file: each.file, proof: first.file, title: first.title });
  });

  it('and every guard has its test in the report', async () => {
    expect(rows.map(({ guard }) => guard)).toEqual(GUARDS.map(({ guard }) => guard));
    await writeFile(REPORT, writeReport(rows));
  });
});
