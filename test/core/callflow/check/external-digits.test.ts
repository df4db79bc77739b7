import { describe, expect, it } from 'vitest';
import { load, worded } from '../../support.ts';

const line = (code: string, digits: string): string => `
callflow: line
start: enter
inputs: [AccountNumber]
account: AccountNumber
settings: { code: { ${code} } }
services: { verify-code: { production: "https://example.test/verify" } }
exits: { agent: { hang-up: true } }
blocks:
  pin: { collect: enter, digits: 4, save-as: Pin, next: enter }
  enter: { collect: enter, digits: ${digits}, save-as: Code, next: check }
  check: { verify-code: Code, paths: { right: agent, wrong: pin, finished: agent, error: agent } }`;

describe('G63, CF238: the digits of codes that somebody else makes are written by hand', () => {
  it.each([
    ['made-by: external', 'code', true],
    ['made-by: external, digits: 6', 'code', false],
    ['made-by: external', '6', false],
    ['made-by: external', '4-8', false],
    ['made-by: internal', 'code', false],
  ])('with %s and digits: %s, found is %s', (code, digits, found) => {
    const { findings } = load(worded(line(code, digits)));
    expect(findings.some((each) => each.code === 'CF238')).toBe(found);
  });
});
