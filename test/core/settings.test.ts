import { describe, expect, it } from 'vitest';
import { nonconformances, offers, settingsSchema, type Settings } from '../../src/core/settings.ts';

function settings(written: object = {}): Settings {
  return settingsSchema.parse(written);
}

function refusal(written: object): string {
  const { error } = settingsSchema.safeParse(written);
  return error?.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('\n') ?? 'accepted';
}

describe('a callflow without settings', () => {
  it('has all of them, with defaults of our own (G70)', () => {
    expect(settings()).toEqual({
      'customer-email-variable': 'CustomerEmail',
      'customer-phone-variable': 'CustomerPhone',
      methods: ['email', 'sms', 'voice', 'authenticator'],
      skip: 'already-verified',
      code: {
        'made-by': 'internal',
        digits: 6,
        lasts: 300_000,
        'authenticator-name': 'Google Authenticator',
        'send-for-authenticator': false,
        'try-nbest': 1,
        'after-wrong-code': 'ask-again',
      },
      limits: {
        sends: { most: 3 },
        'attempts-per-code': { most: 3 },
        'wrong-keys': { most: 3 },
        silences: { most: 3 },
        locked: {},
      },
      spacing: 20_000,
      wait: 8_000,
      messages: {},
    });
  });

  it('conforms', () => {
    expect(nonconformances(settings())).toEqual([]);
  });
});

describe('bounds', () => {
  it.each([
    ['G62: 4 digits', { code: { digits: 4 } }],
    ['G62: 10 digits', { code: { digits: 10 } }],
    ['G65: half a minute', { code: { lasts: '30s' } }],
    ['G65: an hour', { code: { lasts: '60m' } }],
    ['G51: no send at all', { limits: { sends: { most: 0 } } }],
    ['G51: 10 sends', { limits: { sends: { most: 10 } } }],
    ['G53: no attempt at all', { limits: { 'attempts-per-code': { most: 0 } } }],
    ['no spacing', { spacing: '0s' }],
    ['G57: codes of another system', { code: { 'made-by': 'external' } }],
    ['G58: another authenticator', { code: { 'authenticator-name': 'Authy' } }],
    ['D4: methods in any case', { methods: ['Email', 'SMS', 'AUTHENTICATOR'] }],
    ['a wait of a minute', { wait: '1m' }],
  ])('%s is possible', (_what, written) => {
    expect(refusal(written)).toBe('accepted');
  });

  it.each([
    ['3 digits', { code: { digits: 3 } }, 'code.digits: A whole number goes here, 4 to 10.'],
    ['11 digits', { code: { digits: 11 } }, 'code.digits: A whole number goes here, 4 to 10.'],
    ['six digits, in letters', { code: { digits: 'six' } }, 'code.digits: A whole number goes here, 4 to 10.'],
    ['6.5 digits', { code: { digits: 6.5 } }, 'code.digits: A whole number goes here, 4 to 10.'],
    ['29 s', { code: { lasts: '29s' } }, 'code.lasts: 29s is outside what is possible here: 30s to 1h.'],
    ['over an hour', { code: { lasts: '61m' } }, 'code.lasts: 61m is outside what is possible here: 30s to 1h.'],
    ['a negative limit', { limits: { sends: { most: -1 } } }, 'limits.sends.most: At least 0 (none allowed).'],
    ['11 sends', { limits: { sends: { most: 11 } } }, 'limits.sends.most: At most 10.'],
    [
      'half an attempt',
      { limits: { 'attempts-per-code': { most: 0.5 } } },
      'limits.attempts-per-code.most: A whole number goes here, 0 to 10.',
    ],
    ['a wait of 2 s', { wait: '2s' }, 'wait: 2s is outside what is possible here: 3s to 1m.'],
    ['no method', { methods: [] }, 'methods: Name at least one method.'],
    ['a method twice', { methods: ['sms', 'SMS'] }, 'methods: Name each method once.'],
    [
      'a method nobody knows',
      { methods: ['fax'] },
      'methods.0: "fax" is not a method. Methods: email, sms, voice, authenticator. Another one needs a sender; docs/operators.md says how to add it.',
    ],
    [
      'a variable with a hyphen',
      { 'customer-email-variable': 'customer-email' },
      'customer-email-variable: "customer-email" is not the name of a variable: letters, digits and underscores. Write CustomerEmail.',
    ],
    [
      'an authenticator without a name',
      { code: { 'authenticator-name': '' } },
      'code.authenticator-name: Write its name.',
    ],
    ['a limit that is unknown', { limits: { tries: { most: 3 } } }, 'limits: Unrecognized key: "tries"'],
  ])('%s is refused', (_what, written, message) => {
    expect(refusal(written)).toBe(message);
  });

  it('0 means none allowed, never the default', () => {
    expect(settings({ limits: { sends: { most: 0 } } }).limits.sends.most).toBe(0);
  });
});

describe('what goes beyond NIST SP 800-63B-4 and our own bounds (D15)', () => {
  it.each([
    ['fewer than 6 digits', { code: { digits: 5 } }, 'code.digits is 5; at least 6 are asked for'],
    ['over 10 minutes', { code: { lasts: '11m' } }, 'code.lasts is 11 minutes; at most 10 are allowed'],
    ['6 sends', { limits: { sends: { most: 6 } } }, 'limits.sends.most is 6; at most 5'],
    ['6 attempts', { limits: { 'attempts-per-code': { most: 6 } } }, 'limits.attempts-per-code.most is 6; at most 5'],
  ])('%s is named', (_what, written, named) => {
    expect(nonconformances(settings(written))).toEqual([named]);
  });

  it.each([
    ['6 digits', { code: { digits: 6 } }],
    ['10 minutes exactly', { code: { lasts: '10m' } }],
    ['5 sends', { limits: { sends: { most: 5 } } }],
    ['5 attempts', { limits: { 'attempts-per-code': { most: 5 } } }],
    [
      'anything stricter',
      { code: { digits: 10, lasts: '30s' }, limits: { sends: { most: 0 }, 'attempts-per-code': { most: 0 } } },
    ],
  ])('%s is not', (_what, written) => {
    expect(nonconformances(settings(written))).toEqual([]);
  });

  it('all of them are named at once', () => {
    const written = {
      code: { digits: 4, lasts: '1h' },
      limits: { sends: { most: 10 }, 'attempts-per-code': { most: 10 } },
    };
    expect(nonconformances(settings(written))).toEqual([
      'code.digits is 4; at least 6 are asked for',
      'code.lasts is 60 minutes; at most 10 are allowed',
      'limits.sends.most is 10; at most 5',
      'limits.attempts-per-code.most is 10; at most 5',
    ]);
  });
});

it('a callflow offers only the methods in its list', () => {
  const only = settings({ methods: ['SMS'] });
  expect(['sms', 'email', 'SMS', 'fax', ''].filter((method) => offers(only, method))).toEqual(['sms']);
});
