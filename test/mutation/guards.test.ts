import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { titlesUnder } from '../docs/titles.ts';
import { MODEL_GUARDS } from '../model/model-guards.ts';
import { GUARDS } from './guards.ts';
import { readReport, REPORT } from './report.ts';

describe('the guards that are broken on purpose', () => {
  it.each([...GUARDS, ...MODEL_GUARDS].map((each) => [each.guard, each] as const))(
    '%s: stands in the code, once',
    (_guard, each) => {
      const code = readFileSync(`src/${each.file}`, 'utf8');
      expect(code.split(each.from)).toHaveLength(2);
      expect(each.tests.filter((test) => !existsSync(`test/${test}`))).toEqual([]);
    },
  );

  it(`${REPORT} says of each which test noticed, and there is such a test`, () => {
    const rows = readReport(readFileSync(REPORT, 'utf8'));
    expect(rows.map(({ guard }) => guard)).toEqual(GUARDS.map(({ guard }) => guard));
    // A title that is all table says nothing of whether it is there.
    const titles = titlesUnder('test')
      .map(({ text }) => text.split('…'))
      .filter((parts) => parts.join('').length > 8);
    const isThere = (title: string): boolean =>
      titles.some((parts) => title.endsWith(parts.at(-1) ?? '') && parts.every((part) => title.includes(part)));
    expect(rows.filter(({ title, proof }) => !isThere(title) || !existsSync(proof))).toEqual([]);
  });
});
