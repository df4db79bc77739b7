import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { titlesUnder } from '../docs/titles.ts';
import { GUARDS } from './guards.ts';
import { readReport, REPORT } from './report.ts';

describe('the guards that are broken on purpose', () => {
  it.each(GUARDS.map((each) => [each.guard, each] as const))('%s: stands in the code, once', (_guard, each) => {
    const code = readFileSync(`src/${each.file}`, 'utf8');
    expect(code.split(each.from)).toHaveLength(2);
    expect(each.tests.filter((test) => !existsSync(`test/${test}`))).toEqual([]);
  });

  it(`${REPORT} says of each which test noticed, and there is such a test`, () => {
    const rows = readReport(readFileSync(REPORT, 'utf8'));
    expect(rows.map(({ guard }) => guard)).toEqual(GUARDS.map(({ guard }) => guard));
    const files = new Set(titlesUnder('test').map(({ file }) => file));
    expect(rows.filter(({ proof }) => !files.has(proof))).toEqual([]);
  });
});
