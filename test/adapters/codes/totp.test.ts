/** Codes as the RFCs print them, and as another's application shows them. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { beginOf, codeOf, matchStep, stepAt, uriOf } from '../../../src/adapters/codes/totp.ts';

/** The secret of both appendices. */
const SECRET = Buffer.from('12345678901234567890');
const T0 = Date.UTC(2026, 0, 5, 9);

describe('codes of an authenticator', () => {
  it.each([
    [0, '755224'],
    [1, '287082'],
    [2, '359152'],
    [3, '969429'],
    [4, '338314'],
    [5, '254676'],
    [6, '287922'],
    [7, '162583'],
    [8, '399871'],
    [9, '520489'],
  ])('D8: RFC 4226, appendix D: counter %i is %s', (step, code) => {
    expect(codeOf(SECRET, step)).toBe(code);
  });

  // Printed with eight digits there; six are the last six of them.
  it.each([
    [59, '94287082'],
    [1_111_111_109, '07081804'],
    [1_111_111_111, '14050471'],
    [1_234_567_890, '89005924'],
    [2_000_000_000, '69279037'],
    [20_000_000_000, '65353130'],
  ])('D8: RFC 6238, appendix B, SHA-1: at %i seconds it is %s', (seconds, printed) => {
    const now = seconds * 1000;
    expect(codeOf(SECRET, stepAt(now))).toBe(printed.slice(-6));
    expect(matchStep(SECRET, printed.slice(-6), { now, after: 0 })).toBe(stepAt(now));
  });

  it('D8: agree with oathtool, over secrets and times', ({ skip }) => {
    if (!hasOathtool()) skip('oathtool is not installed (apt-get install oathtool)');
    for (let n = 0; n < 20; n++) {
      const secret = randomBytes(20);
      const step = stepAt(T0) + n * 9_973;
      const now = `@${beginOf(step) / 1000 + n}`;
      const shown = execFileSync('oathtool', ['--totp', '--now', now, secret.toString('hex')], { encoding: 'utf8' });
      expect(codeOf(secret, step)).toBe(shown.trim());
    }
  });
});

describe('the step of a code', () => {
  const step = stepAt(T0);
  const last = beginOf(step + 1) - 1;

  it.each([
    [-2, null],
    [-1, -1],
    [0, 0],
    [1, 1],
    [2, null],
  ])('D8: %i steps away is found as %s, from the first to the last moment of the present step', (away, found) => {
    const code = codeOf(SECRET, step + away);
    const expected = found === null ? null : step + found;
    expect([T0, last].map((now) => matchStep(SECRET, code, { now, after: 0 }))).toEqual([expected, expected]);
  });

  it.each([
    [-1, [-1, 0, 1]],
    [0, [0, 1]],
    [1, [1]],
    [2, []],
    [50, []],
  ])('D8: after a step was accepted, only later ones are good: %i on', (away, good) => {
    const after = step + away - 1;
    const found = [-1, 0, 1].filter(
      (each) => matchStep(SECRET, codeOf(SECRET, step + each), { now: T0, after }) !== null,
    );
    expect(found).toEqual(good);
  });

  it.each([
    ['nothing', ''],
    ['five digits', '12345'],
    ['seven digits', '1234567'],
    ['full-width digits', '１２３４５６'],
    ['Arabic digits', '١٢٣٤٥٦'],
    ['letters', 'abcdef'],
    ['a sign', '+12345'],
    ['a line feed at the end', `${codeOf(SECRET, step)}\n`],
    ['a NUL', '12345\0'],
    ['10 kB', '1'.repeat(10_240)],
  ])('D8: %s is no code, and no error', (_what, code) => {
    expect(matchStep(SECRET, code, { now: T0, after: 0 })).toBeNull();
  });

  it('D8: a step that cannot be believed is one after which nothing is good', () => {
    const code = codeOf(SECRET, step);
    expect(matchStep(SECRET, code, { now: T0, after: Number.MAX_SAFE_INTEGER })).toBeNull();
  });
});

function hasOathtool(): boolean {
  try {
    execFileSync('oathtool', ['--version']);
    return true;
  } catch {
    return false;
  }
}

describe('the address that an application reads', () => {
  it.each([
    ['a second secret', '1001?secret=AAAA&digits=8&x=', 'Bank&secret=AAAA&algorithm=MD5'],
    ['another place', '1001/../../hotp/x#', 'Bank/../#'],
    ['another issuer', 'Eve:1001', 'Bank'],
    ['encoded signs', '1001%3Fsecret%3DAAAA', 'Bank%26secret%3DAAAA'],
    ['line breaks', '1001\r\notpauth://totp/x', 'Bank'],
    ['10 kB', '1'.repeat(10_240), 'Bank'],
  ])('D8: holds one secret and one issuer, whatever account and name hold: %s', (_what, account, issuer) => {
    const uri = new URL(uriOf(SECRET, { issuer, account }));
    expect([uri.protocol, uri.host, uri.hash]).toEqual(['otpauth:', 'totp', '']);
    expect([...uri.searchParams.keys()].toSorted()).toEqual(['issuer', 'secret']);
    expect(uri.searchParams.get('secret')).toBe('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ');
    expect(uri.searchParams.get('issuer')).toBe(issuer);
    expect(decodeURIComponent(uri.pathname)).toBe(`/${issuer}:${account.replaceAll(':', '-').slice(0, 64)}`);
  });
});
