import { describe, expect, it } from 'vitest';
import { check, filesWith } from '../../../docs/examples.ts';
import { callflow, found, prompts, type Files } from './overlay.ts';

const MENU = callflow('  more: { menu: more, keys: { 1: more, 2: bye } }');
const METHODS = callflow(
  '  how: { choose-method: how, next: bye }',
  'inputs: [Number]\naccount: Number\nsettings: { methods: [email, sms] }\nexits: { bye: { hang-up: true } }',
);

describe('CF302: an option that leads to another language', () => {
  const line = callflow(
    '  more: { menu: more, keys: { 1: bye, 2: spanish } }\n  spanish: { set: { locale: es-ES }, next: more }',
  );
  const fixes = (files: Files): readonly string[] =>
    check(new Map([...filesWith([]), ...Object.entries(files)])).findings.map(({ code, fix }) => `${code} ${fix}`);
  const spanish = prompts('  more: { ask: a, bye: b, spanish: c }', 'es-ES');

  it('is told how to be said in that one, where it has a text there only', () => {
    expect(fixes({ ...line, ...prompts('  more: { ask: a, bye: b }'), ...spanish })).toEqual([
      'CF302 Write `in: { spanish: es-ES }` in the menu, or add "spanish:" under `more:` in prompts/en-US/tiny.yaml.',
    ]);
  });

  it('is told to be worded, where the text is missing in its own language', () => {
    const files = { ...line, ...prompts('  more: { ask: a, bye: b, spanish: c }') };
    expect(fixes({ ...files, ...prompts('  more: { ask: a, bye: b }', 'es-ES') })).toEqual([
      'CF302 Add "spanish:" under `more:` in prompts/es-ES/tiny.yaml.',
    ]);
  });
});

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
