import { describe, expect, it } from 'vitest';
import { callflow, found, prompts, type Files } from './overlay.ts';

const MENU = callflow('  more: { menu: more, keys: { 1: more, 2: bye } }');
const METHODS = callflow(
  '  how: { choose-method: how, next: bye }',
  'inputs: [Number]\naccount: Number\nsettings: { methods: [email, sms] }\nexits: { bye: { hang-up: true } }',
);

describe('CF302: what a caller would not hear', () => {
  it.each<[string, Files, string]>([
    [
      'a menu with options and no question',
      { ...MENU, ...prompts('  more: { more: a, bye: b }') },
      'callflows/tiny.yaml:5:3 error CF302 "more" has nothing to ask in en-US: the prompt "more" has no `ask`.',
    ],
    [
      'an entry that only has help',
      {
        ...callflow('  number: { collect: number, digits: 4, save-as: Number, next: bye }'),
        ...prompts('  number: { help: a }'),
      },
      'callflows/tiny.yaml:5:3 error CF302 "number" has nothing to ask in en-US: the prompt "number" has no `ask`.',
    ],
    [
      'the prompt of a question, said where nothing is asked',
      {
        ...callflow(
          '  number: { collect: number, digits: 4, save-as: Number, next: said }\n  said: { say: number, next: bye }',
        ),
        ...prompts('  number: { ask: a }'),
      },
      'callflows/tiny.yaml:6:3 error CF302 "said" has nothing to say in en-US: the prompt "number" has no text of its own.',
    ],
    [
      'a menu option that is not worded, with nothing that could be meant',
      { ...MENU, ...prompts('  more: { ask: a, bye: b }') },
      'callflows/tiny.yaml:5:17 error CF302 The prompt "more.more" has no wording in en-US.',
    ],
    [
      'a method that callers may choose, and that would be said as "sms"',
      { ...METHODS, ...prompts('  how: { ask: a, email: b }') },
      'callflows/tiny.yaml:8:25 error CF302 The prompt "how.sms" has no wording in en-US.',
    ],
  ])('%s', (_what, files, told) => {
    expect(found(files)).toEqual([told]);
  });

  it.each<[string, Files]>([
    ['a menu that only asks again', { ...MENU, ...prompts('  more: { again: a, more: b, bye: c }') }],
    [
      'a method where there is only one: nothing is asked',
      {
        ...callflow(
          '  how: { choose-method: how, next: bye }',
          'inputs: [Number]\naccount: Number\nsettings: { methods: [email] }\nexits: { bye: { hang-up: true } }',
        ),
        ...prompts('  how: "How?"'),
      },
    ],
  ])('is not %s', (_what, files) => {
    expect(found(files)).toEqual([]);
  });
});
