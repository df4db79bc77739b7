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

  it('a message that is mistyped, beside the right ones', () => {
    const files = {
      ...callflow(
        '  send: { send-code: chosen, paths: { sent: bye, failed: error } }',
        'inputs: [AccountNumber]\naccount: AccountNumber\nsettings: { methods: [sms], messages: { sms: { from: "24567" } } }\nexits: { bye: { hang-up: true } }',
      ),
      [PLACE]: 'locale: en-US\nmessages: { sms: "{code}", emial: "{code}" }',
    };
    expect(with307(files)).toEqual(['CF307 Nothing sends the message "emial". Did you mean "email"?']);
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
