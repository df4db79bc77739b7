import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalNumber, type NumberRules } from '../../../src/adapters/delivery/destination.ts';

const rules: NumberRules = { countries: ['US', 'GB', 'DE'], own: ['+12025550199'] };
const sms = (written: string, countries: NumberRules['countries'] = rules.countries): string | null =>
  canonicalNumber(written, { ...rules, countries }, 'sms');

describe('numbers that codes may go to', () => {
  it.each([
    ['+12025550100', '+12025550100'],
    ['+12025550198', '+12025550198'],
    [' +1 (202) 555-0123 ', '+12025550123'],
    ['+1.202.555.0123', '+12025550123'],
    ['+4915123456789', '+4915123456789'],
    ['+44 (0)7400 123456', '+447400123456'],
  ])('%s counts as %s', (written, canonical) => {
    expect(sms(written)).toBe(canonical);
  });

  it.each([
    ['12025550123', '+12025550123'],
    ['4915123456789', '+4915123456789'],
    ['1 (202) 555-0123', '+12025550123'],
  ])('G21: %s, without its plus sign, counts as %s', (written, canonical) => {
    expect(sms(written)).toBe(canonical);
  });

  it('takes all of +1 202 555 0100 to 0199 that are not our own', () => {
    const last = Array.from({ length: 100 }, (_, n) => `+120255501${String(n).padStart(2, '0')}`);
    expect(last.filter((number) => sms(number, ['US']) === null)).toEqual(rules.own);
  });

  it.each([
    ['a country that is not listed', '+33612345678'],
    ['another country of the same code', '+18765550100'],
    ['one of our own numbers', '+12025550199'],
    ['our own in another spelling', '1 (202) 555-0199'],
    ['premium rate', '+449098790879'],
    ['premium rate of North America', '+19005550123'],
    ['shared cost', '+491801123456'],
    ['personal', '+447012345678'],
    ['personal of North America', '+15005550006'],
    ['pager', '+447640123456'],
    ['universal access', '+445512345678'],
    ['fixed line, which takes no SMS', '+442079460123'],
    ['a drama number, which nobody has', '+447700900123'],
    ['satellite', '+8816212345678'],
    ['satellite of Inmarsat', '+870773111632'],
    ['global network +882', '+882161234567890'],
    ['global network +883', '+883510012345678'],
    ['global network +888', '+888123456789'],
    ['global toll-free', '+80012345678'],
    ['global shared cost', '+80812345678'],
    ['global premium', '+979123456789'],
    ['too short', '+1202555'],
    ['too long', '+12025550123456789'],
    ['an area that does not exist', '+10005550100'],
    ['an extension', '+12025550123 ext. 5'],
    ['an extension by x', '+12025550123x5'],
    ['an extension by commas', '+12025550123,,5'],
    ['an extension by semicolon', '+12025550123;ext=5'],
    ['an extension by hash', '+12025550123#5'],
    ['a tel URI', 'tel:+12025550123'],
    ['a SIP address', 'sip:+12025550123@evil.example'],
    ['a client name', 'client:ann'],
    ['two numbers', '+12025550123+12025550124'],
    ['two numbers with a comma', '+12025550123,+12025550124'],
    ['a line break', '+12025550\n123'],
    ['letters', '+1202555CODE'],
    ['full-width digits', '+１２０２５５５０１２３'],
    ['two plus signs', '++12025550123'],
    ['text around it', 'call +12025550123'],
    ['an email address', 'ann@example.com'],
    ['a number without its country', '2025550123'],
    ['a number in its own country', '07400123456'],
    ['an international prefix', '0012025550123'],
    ['nothing', ''],
  ])('refuses %s', (_what, written) => {
    expect(sms(written)).toBeNull();
  });

  it('takes fixed lines for voice, and mobile numbers for both', () => {
    expect(canonicalNumber('+442079460123', rules, 'voice')).toBe('+442079460123');
    expect(canonicalNumber('+447400123456', rules, 'voice')).toBe('+447400123456');
    expect(canonicalNumber('+449098790879', rules, 'voice')).toBeNull();
  });

  it('gives E.164 that is its own canonical spelling, whatever was written', () => {
    const written = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom(...'0123456789+ ()-.,;x#'.split('')) }),
      fc.integer({ min: 0, max: 99_999 }).map((n) => `+1202555${n}`),
    );
    fc.assert(
      fc.property(written, (each) => {
        const canonical = sms(each) ?? '+12025550100';
        expect(canonical).toMatch(/^\+\d{8,15}$/);
        expect(sms(canonical)).toBe(canonical);
      }),
    );
  });
});
