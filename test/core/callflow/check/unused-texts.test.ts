import { describe, expect, it } from 'vitest';
import { callflow, found, prompts, says, type Files } from './overlay.ts';

const HELLO = '  hello: "Hello."';
const PLACE = 'prompts/en-US/tiny.yaml';

function with307(files: Files): readonly string[] {
  return found(files).map((each) => each.replace(/^\S+ warning /, ''));
}

function standardWith(more: string): string {
  return `locale: en-US
prompts:
  silence: a
  unknown-key: b
  wrong-length: c
  one-moment: d
  on-its-way: e
  transferring: f
  no-one-available: g
  technical-problem: h
  goodbye: i
${more}`;
}

describe('CF307: a text that nothing uses', () => {
  it.each<[string, Files, string]>([
    [
      'a prompt that no block says',
      { ...says('"Hello."'), ...prompts(`${HELLO}\n  welcome-back: "Welcome back."`) },
      'CF307 Nothing says the prompt "welcome-back".',
    ],
    [
      'a standard prompt whose name is mistyped, so that callers hear the standard one',
      { ...says('"Hello."'), ...prompts(`${HELLO}\n  technical-problems: "We are sorry."`) },
      'CF307 Nothing says the prompt "technical-problems". Did you mean "technical-problem"?',
    ],
    [
      'a standard prompt that never comes from here',
      { ...says('"Hello."'), ...prompts(`${HELLO}\n  one-moment: "Hold on."`) },
      'CF307 The prompt "one-moment" is always taken from standard.yaml, never from here.',
    ],
    [
      'words for a wrong length, where nothing is collected',
      { ...says('"Hello."'), ...prompts(`${HELLO}\n  wrong-length: "No."`) },
      'CF307 Nothing says the prompt "wrong-length".',
    ],
    [
      'a message, where no code is sent',
      { ...says('"Hello."'), [PLACE]: `locale: en-US\nprompts:\n${HELLO}\nmessages: { sms: "{code}" }` },
      'CF307 Nothing sends the message "sms".',
    ],
    [
      'a standard prompt of our own that no callflow says',
      { 'prompts/en-US/standard.yaml': standardWith('  opening-hours: "From nine to five."') },
      'CF307 Nothing says the prompt "opening-hours".',
    ],
  ])('%s', (_what, files, told) => {
    expect(with307(files)).toEqual([told]);
  });

  const sends = callflow(
    '  send: { send-code: chosen, paths: { sent: bye, failed: error } }',
    'inputs: [AccountNumber]\naccount: AccountNumber\nsettings: { methods: [sms], messages: { sms: { from: "24567" } } }\nexits: { bye: { hang-up: true } }',
  );

  it.each<[string, Files, string]>([
    [
      'beside the right ones',
      { ...sends, [PLACE]: 'locale: en-US\nmessages: { sms: "{code}", emial: "{code}" }' },
      `${PLACE}:2:28 error CF307 Nothing sends the message "emial". Did you mean "email"?`,
    ],
    [
      'in place of the one that is missing',
      { ...sends, [PLACE]: 'locale: en-US\nmessages: { ssm: "{code}" }' },
      `${PLACE}:2:13 error CF307 Nothing sends the message "ssm". Did you mean "sms"?`,
    ],
    [
      'in the standard prompts, with the values of the one that is meant',
      {
        'prompts/en-US/standard.yaml': standardWith(
          'messages:\n  locked-emial: "{opens, select, later {Wait {minutes} minutes.} other {Call us.}}"',
        ),
      },
      'prompts/en-US/standard.yaml:13:3 error CF307 Nothing sends the message "locked-emial". Did you mean "locked-email"?',
    ],
  ])('is an error where a message is mistyped, %s', (_where, files, told) => {
    expect(found(files)).toEqual([told]);
  });

  it.each([
    ['has a name that is near to none', 'fax'],
    ['is left over beside the right one, whatever values it names', 'smss'],
  ])('is a warning where a message %s', (_which, name) => {
    const messages = `locale: en-US\nmessages: { sms: "{code}", ${name}: "{opens}" }`;
    expect(found({ ...sends, [PLACE]: messages })).toEqual([
      `${PLACE}:2:28 warning CF307 Nothing sends the message "${name}".`,
    ]);
  });

  it.each<[string, Files]>([
    [
      'a standard prompt in other words',
      { ...says('"Hello."'), ...prompts(`${HELLO}\n  technical-problem: "Oh dear."`) },
    ],
    [
      'the goodbye of a callflow that returns',
      {
        ...callflow('  hello: { say: hello, next: done }', 'exits: { done: { returns: done } }'),
        ...prompts(`${HELLO}\n  goodbye: "Bye."`),
      },
    ],
    [
      'what only an exit says',
      {
        ...callflow('  hello: { say: hello, next: bye }', 'exits: { bye: { say: see-you, hang-up: true } }'),
        ...prompts(`${HELLO}\n  see-you: "See you."`),
      },
    ],
    [
      'a standard prompt of our own that one callflow says',
      {
        'prompts/en-US/standard.yaml': standardWith(HELLO),
        ...callflow('  hello: { say: hello, next: bye }'),
      },
    ],
    [
      'what a built-in callflow says, in the words of one that uses it',
      {
        'callflows/tiny.yaml': 'callflow: tiny\nuse: builtin/two-factor',
        ...prompts('  greeting: "Hello from the bank."'),
      },
    ],
  ])('is not %s', (_what, files) => {
    expect(found(files)).toEqual([]);
  });

  it('is not told while anything is wrong: what is missing there may be what uses it', () => {
    const files = {
      ...says('"Hello."'),
      ...prompts(`${HELLO}\n  unused: "Never."`),
      'callflows/x.yaml': 'callflow: [x',
    };
    expect(found(files).map((each) => each.split(' ')[2])).toEqual(['CF013']);
  });
});
