import { describe, expect, it } from 'vitest';
import { callflow, found, type Files } from './overlay.ts';

const WORDED = {
  'voice-key': '"For your code, press {key}."',
  voice: '"It is <slow><digits>{code}</digits></slow>."',
  'voice-again': '"For a new one, press {key}."',
  'voice-goodbye': '"Goodbye."',
} as const;

/** A callflow that tells codes by call alone, worded like this; a message that is null has no words. */
function tells(changes: Partial<Record<keyof typeof WORDED, string | null>> = {}, from = '+12025550100'): Files {
  const words = Object.entries({ ...WORDED, ...changes }).flatMap(([name, text]) =>
    text === null ? [] : [`  ${name}: ${text}\n`],
  );
  return {
    ...callflow(
      '  send: { send-code: chosen, paths: { sent: bye, failed: error } }',
      `account: AccountNumber\ninputs: [AccountNumber]\nsettings: { methods: [voice], messages: { voice: { from: "${from}" } } }\nexits: { bye: { hang-up: true } }`,
    ),
    'prompts/en-US/tiny.yaml': `locale: en-US\nmessages:\n${words.join('')}`,
  };
}

function told(changes: Parameters<typeof tells>[0], from?: string): readonly string[] {
  return found(tells(changes, from)).map((each) => each.replace(/^\S+ /, ''));
}

describe('what a call says that tells a code', () => {
  it('is worded, and nothing is found', () => {
    expect(told({})).toEqual([]);
  });

  it.each(Object.keys(WORDED))('CF303: %s is missing', (name) => {
    const [only, ...rest] = told({ [name]: null });
    expect(rest).toEqual([]);
    expect(only).toBe(`error CF303 The message "${name}" of the call that tells a code has no wording in en-US.`);
  });

  it('CF322: a code that is not said, or as one number', () => {
    expect(told({ voice: '"Here it is."' })).toEqual(['error CF322 The message "voice" does not hold the code.']);
    expect(told({ voice: '"It is {code}."' })).toEqual([
      'error CF322 The message "voice" says the code as one number.',
    ]);
  });

  it.each(['voice-key', 'voice-again', 'voice-goodbye'])('CF309: {code} in %s, which is said before it', (name) => {
    expect(told({ [name]: '"It is {code}."' })).toEqual([`error CF309 {code} has no value in the message "${name}".`]);
  });

  it('CF309: {minutes}, since the time began before the call was answered', () => {
    expect(told({ voice: '"<digits>{code}</digits> for {minutes} minutes."' })).toHaveLength(1);
  });

  it('CF236: what cannot call', () => {
    expect(told({}, 'BANK')).toEqual(['error CF236 "BANK" is no number that a call can come from.']);
  });

  it('is not asked for where no number calls', () => {
    const files = tells({ voice: null, 'voice-key': null, 'voice-again': null, 'voice-goodbye': '"Goodbye."' });
    const silent = Object.fromEntries(
      Object.entries(files).map(([file, text]) => [
        file,
        text.replace('[voice], messages: { voice: { from: "+12025550100" } }', '[voice, authenticator]'),
      ]),
    );
    expect(found(silent)).toEqual([]);
  });
});
