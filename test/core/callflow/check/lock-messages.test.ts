import { describe, expect, it } from 'vitest';
import {
  builtInLockMessages,
  LOCK_MESSAGES,
  lockMessageInEnglish,
  lockValues,
} from '../../../../src/core/call/lock-messages.ts';
import { smsLength } from '../../../../src/core/sms-length.ts';
import { LOCALES, shippedLibrary } from '../../support.ts';
import { found, says, type Files } from './overlay.ts';

const LOCKED = [10, 100].map(lockValues);

/** These messages in the file of a callflow that verifies nobody, or of the one that is shipped. */
function withMessages(written: string, of: 'tiny' | 'two-factor' = 'two-factor'): Files {
  if (of === 'tiny')
    return {
      ...says('"Hello."'),
      'prompts/en-US/tiny.yaml': `locale: en-US\nprompts: { hello: "Hello." }\n${written}`,
    };
  // A language of its own, so that nothing shipped is replaced.
  return {
    'prompts/en-GB/two-factor.yaml': `locale: en-GB\n${written}`,
    'prompts/en-GB/standard.yaml': 'locale: en-GB\n',
  };
}

const about = (files: Files, code: string): readonly string[] => found(files).filter((each) => each.includes(code));

describe('the messages to the holder of a locked account', () => {
  it.each(LOCALES)('are in the standard prompts as they are built in (%s)', (locale) => {
    const shipped = shippedLibrary().standard.get(locale)?.messages;
    const builtIn = builtInLockMessages(locale);
    for (const name of LOCK_MESSAGES)
      for (const values of LOCKED) expect(shipped?.get(name)?.write(values)).toBe(builtIn.get(name)?.write(values));
  });

  it.each(LOCALES)('fit one text message, whichever way the lock ends (%s)', (locale) => {
    for (const values of LOCKED) {
      const { units, most } = smsLength(builtInLockMessages(locale).get('locked-sms')?.write(values) ?? '');
      expect([units <= 160, most]).toEqual([true, 160]);
    }
  });

  it('say that only we open the account, and no time, once that is so', () => {
    for (const name of ['locked-email', 'locked-sms'] as const) {
      const [later = '', never = ''] = LOCKED.map((values) => lockMessageInEnglish(name).write(values));
      expect(later).toContain('30 minutes');
      expect(never).not.toMatch(/minutes|\d/);
    }
  });
});

describe('what is found about them', () => {
  it('CF304: a language that has no words for them, where callers of a callflow with codes hear it', () => {
    const files: Files = {
      'prompts/fr-FR/standard.yaml': 'locale: fr-FR\n',
      'prompts/fr-FR/two-factor.yaml': 'locale: fr-FR\n',
    };
    expect(about(files, 'warning CF304')).toEqual([
      'prompts/fr-FR/standard.yaml:1:1 warning CF304 Whoever is told of a lock reads another language than fr-FR: locked-email, locked-email-subject and locked-sms have no wording in it.',
    ]);
    const silent = { 'prompts/fr-FR/standard.yaml': 'locale: fr-FR\n' };
    expect(about(silent, 'warning CF304')).toEqual([]);
    const english = {
      'prompts/en-GB/standard.yaml': 'locale: en-GB\n',
      'prompts/en-GB/two-factor.yaml': 'locale: en-GB\n',
    };
    expect(about(english, 'warning CF304')).toEqual([]);
  });

  it('CF309: a value that they do not have, a code above all', () => {
    const files = withMessages('messages: { locked-email: "{code}", locked-sms: "{minutes} {opens}" }\n');
    expect(about(files, 'CF309')).toEqual([
      'prompts/en-GB/two-factor.yaml:2:28 error CF309 {code} has no value in the message "locked-email".',
    ]);
  });

  it('CF307: one in a callflow that locks nobody', () => {
    expect(about(withMessages('messages: { locked-sms: "Locked." }\n', 'tiny'), 'CF307')).toEqual([
      'prompts/en-US/tiny.yaml:3:13 warning CF307 Nothing sends the message "locked-sms".',
    ]);
  });
});

describe('CF323: a text message about a lock that is longer than one SMS', () => {
  const shipped = (sms: string): Files => {
    const standard = `locale: es-ES
menu-item: "{option}, pulse {key}."
zero-item: "Cero."
key-names: { star: asterisco, hash: almohadilla }
prompts: { silence: a, unknown-key: b, wrong-length: c, one-moment: d, on-its-way: e, transferring: f, no-one-available: g, technical-problem: h, goodbye: i }
messages: { locked-sms: "${sms}" }
`;
    return { 'prompts/es-ES/standard.yaml': standard };
  };

  it.each([
    ['fits', 'x'.repeat(160), []],
    ['in both of its ways', 'x'.repeat(161), ['161 characters as it is sent, and 160 fit.']],
    [
      'in the longer of its ways',
      `{opens, select, later {} other {${'x'.repeat(161)}}}`,
      ['161 characters as it is sent, and 160 fit.'],
    ],
    [
      'by a letter outside the basic alphabet',
      `{opens, select, later {${'x'.repeat(150)}} other {ó${'x'.repeat(70)}}}`,
      ['71 characters as it is sent, and 70 fit.'],
    ],
  ])('%s', (_what, sms, expected) => {
    const told = new Set(about(shipped(sms), 'CF323').map((each) => each.replace(/^.*takes /, '')));
    expect([...told]).toEqual(expected);
  });
});
