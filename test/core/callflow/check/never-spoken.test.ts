import { describe, expect, it } from 'vitest';
import { callflow, found, prompts, type Files } from './overlay.ts';

const MENU = callflow('  more: { menu: more, keys: { 1: more, 2: bye } }');
const ASK = callflow('  number: { collect: number, digits: 4, save-as: Number, next: bye }');
const SAY = callflow('  hello: { say: hello, next: bye }');
/** A caller who has chosen a method before `number` is asked for. */
const CHOSEN = callflow(
  '  choose: { choose-method: how, next: number }\n  number: { collect: number, digits: 4, save-as: Number, next: bye }',
  'account: Number\nsettings: { methods: [email] }\nexits: { bye: { hang-up: true } }',
);
const HOW = '  how: { ask: a, email: b, sms: c }\n';

function told(files: Files): readonly string[] {
  return found(files).map((each) => each.replace(/^\S+ /, ''));
}

describe('CF308: a text that is never spoken', () => {
  it.each<[string, Files, string]>([
    [
      'a variant that is mistyped',
      { ...ASK, ...prompts('  number: { ask: a, agian: b }') },
      'The text "agian" of the prompt "number" is never spoken. Did you mean "again"?',
    ],
    [
      'the only question, mistyped: nothing is told about what is missing',
      { ...ASK, ...prompts('  number: { aks: a }') },
      'The text "aks" of the prompt "number" is never spoken. Did you mean "ask"?',
    ],
    [
      'an option that is mistyped: told where it stands, and not as missing',
      { ...MENU, ...prompts('  more: { ask: a, mroe: b, bye: c }') },
      'The text "mroe" of the prompt "more" is never spoken. Did you mean "more"?',
    ],
    [
      'an option whose target has a new name: one too many, one too few',
      { ...MENU, ...prompts('  more: { ask: a, farewell: b, more: c }') },
      'The text "farewell" of the prompt "more" is never spoken. Did you mean "bye"?',
    ],
    [
      'a method that is mistyped',
      { ...CHOSEN, ...prompts(`${HOW}  number: { ask: a, emial: b }`) },
      'The text "emial" of the prompt "number" is never spoken. Did you mean "email"?',
    ],
    [
      'a question where nothing is asked',
      { ...SAY, ...prompts('  hello: { ask: a }') },
      'The text "ask" of the prompt "hello" is never spoken.',
    ],
    [
      'a method before one can be chosen, where nothing else is there to be asked',
      { ...ASK, ...prompts('  number: { email: a }') },
      'The text "email" of the prompt "number" is never spoken: no method is chosen before "number".',
    ],
  ])('is an error where callers miss it: %s', (_what, files, message) => {
    expect(told(files)).toEqual([`error CF308 ${message}`]);
  });

  it.each<[string, Files, string]>([
    [
      'an option whose target was taken out',
      { ...MENU, ...prompts('  more: { ask: a, more: b, bye: c, agent: d }') },
      'The text "agent" of the prompt "more" is never spoken.',
    ],
    [
      'a method in a menu, whose texts are its options',
      { ...MENU, ...prompts('  more: { ask: a, more: b, bye: c, email: d }') },
      'The text "email" of the prompt "more" is never spoken.',
    ],
    [
      'a method before one can be chosen',
      { ...ASK, ...prompts('  number: { ask: a, email: b }') },
      'The text "email" of the prompt "number" is never spoken: no method is chosen before "number".',
    ],
    [
      'variants of a standard prompt that the engine speaks',
      { ...ASK, ...prompts('  number: a\n  silence: { again: b }') },
      'The text "again" of the prompt "silence" is never spoken.',
    ],
    [
      'an option that is said in another language, in this one',
      {
        ...callflow(
          '  more: { menu: more, keys: { 1: more, 2: spanish }, in: { spanish: es-ES } }\n  spanish: { set: { locale: es-ES }, next: bye }',
        ),
        ...prompts('  more: { ask: a, more: b, spanish: c }'),
        ...prompts('  more: { ask: a, more: b, spanish: c }', 'es-ES'),
      },
      'The text "spanish" of the prompt "more" is never spoken.',
    ],
    [
      'a mistyped one beside the right one',
      { ...ASK, ...prompts('  number: { ask: a, again: b, agian: c }') },
      'The text "agian" of the prompt "number" is never spoken. Did you mean "again"?',
    ],
  ])('is a warning where it is left over: %s', (_what, files, message) => {
    expect(told(files)).toEqual([`warning CF308 ${message}`]);
  });

  it('says how the texts of the prompt are called', () => {
    expect(found({ ...MENU, ...prompts('  more:\n    ask: a\n    more: b\n    bey: c') })).toEqual([
      'prompts/en-US/tiny.yaml:6:5 error CF308 The text "bey" of the prompt "more" is never spoken. Did you mean "bye"?',
    ]);
  });

  it.each<[string, Files]>([
    ['one text, whatever says it', { ...MENU, ...prompts('  more: { ask: a, more: b, bye: c }') }],
    ['all texts that a question may have', { ...ASK, ...prompts('  number: { ask: a, again: b, help: c }') }],
    [
      'texts for methods, once one may be chosen',
      { ...CHOSEN, ...prompts(`${HOW}  number: { email: a, sms: b, voice: c, again: d }`) },
    ],
    [
      'texts for methods that the settings leave out: settings change more often than words',
      { ...CHOSEN, ...prompts(`${HOW}  number: { ask: a, sms: b, authenticator: c }`) },
    ],
    [
      'the texts of a prompt that a menu and a question share',
      {
        ...callflow(
          '  number: { collect: more, digits: 4, save-as: Number, next: menu }\n  menu: { menu: more, keys: { 1: number, 2: bye } }',
        ),
        ...prompts('  more: { ask: a, help: b, number: c, bye: d }'),
      },
    ],
    [
      'a standard prompt that is one text',
      { ...ASK, ...prompts('  number: a\n  silence: "Hello?"\n  wrong-length: "No."') },
    ],
  ])('is not %s', (_what, files) => {
    expect(told(files)).toEqual([]);
  });
});
