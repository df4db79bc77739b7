import { describe, expect, it } from 'vitest';
import { load, worded } from '../../support.ts';

const line = (madeBy: string, digits: string): string => `
callflow: line
start: enter
inputs: [AccountNumber]
account: AccountNumber
settings: { code: { made-by: ${madeBy} } }
exits: { agent: { hang-up: true } }
blocks:
  pin: { collect: enter, digits: 4, save-as: Pin, next: enter }
  enter: { collect: enter, digits: ${digits}, save-as: Code, next: check }
  check: { verify-code: Code, paths: { right: agent, wrong: pin, finished: agent, error: agent } }`;

function isFound(madeBy: string, digits: string): boolean {
  return load(worded(line(madeBy, digits))).findings.some(({ code }) => code === 'CF238');
}

describe('G63, CF238: the digits of codes that somebody else makes', () => {
  it.each([
    ['external', 'code', true],
    ['external', '6', false],
    ['external', '4-8', false],
    ['internal', 'code', false],
  ])('made by %s, with digits: %s: found is %s', (madeBy, digits, found) => {
    expect(isFound(madeBy, digits)).toBe(found);
  });
});
