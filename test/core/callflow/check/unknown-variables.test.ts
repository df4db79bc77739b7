import { describe, expect, it } from 'vitest';
import { callflow, found, prompts, says, texts, type Files } from './overlay.ts';

const HEAD =
  'account: Number\nsettings: { methods: [email, sms], messages: { email: { from: a@example.com, subject: Code }, sms: { from: "24567" } } }\ninputs: [Name]\nexits: { bye: { say: end, hang-up: true } }';
/** A number is entered, a method chosen, a code sent and tried. */
const LINE = callflow(
  `  number: { collect: number, digits: 4, save-as: Number, next: how }
  how: { choose-method: how, next: send }
  send: { send-code: chosen, paths: { sent: code, failed: sorry } }
  code: { collect: code, digits: code, save-as: authCode, next: check }
  check: { verify-code: authCode, paths: { right: bye, wrong: again, finished: bye, error: bye } }
  again: { say: wrong, next: code }
  sorry: { menu: sorry, keys: { 1: send, 2: bye } }`,
  HEAD,
);

/** The prompts of that line, with some of them in other words. */
function line(words: Readonly<Record<string, string>> = {}): Files {
  const all = {
    number: 'Number?',
    'how.ask': 'How?',
    'how.email': 'At {domain}',
    'how.sms': 'To {last2}',
    'code.ask': 'Code?',
    wrong: 'No.',
    'sorry.ask': 'Sorry.',
    'sorry.send': 'Again',
    'sorry.bye': 'Never mind',
    end: 'Bye.',
    ...words,
  };
  const tree: Record<string, string | Record<string, string>> = {};
  for (const [key, text] of Object.entries(all)) {
    const [prompt = '', variant] = key.split('.');
    if (variant === undefined) tree[prompt] = text;
    else tree[prompt] = { ...(tree[prompt] as Record<string, string> | undefined), [variant]: text };
  }
  const messages = { email: '{code}', sms: '{code}' };
  return { ...LINE, 'prompts/en-US/tiny.yaml': JSON.stringify({ locale: 'en-US', prompts: tree, messages }) };
}

function told(files: Files): readonly string[] {
  return found(files).map((each) => each.replace(/^\S+ error CF309 /, ''));
}

describe('CF309: a variable that has no value where it is spoken', () => {
  it('stands in its text, where the caret is', () => {
    expect(found(says('"Good morning, {Nmae}."'))).toEqual([
      'prompts/en-US/tiny.yaml:3:25 error CF309 Nothing sets {Nmae}.',
    ]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['that nothing sets', { number: 'Your {Nubmer}?' }, 'Nothing sets {Nubmer}.'],
    ['that is mistyped', { wrong: '{Nubmer} has no match.' }, 'Nothing sets {Nubmer}. Did you mean "Number"?'],
    [
      'that is set later on',
      { number: 'You said {Number}.' },
      '{Number} is set by "number" itself, after this is spoken.',
    ],
    [
      'of the sending, before anything was sent',
      { 'how.ask': 'You have {left}.' },
      '{left} is not known yet at "how": only after send-code or verify-code.',
    ],
    [
      'of the chosen method, before one is chosen',
      { number: 'At {domain}?' },
      '{domain} is not known yet at "number": only after choose-method.',
    ],
    ['of an address, in the text for a number', { 'code.sms': 'Sent to {first}.' }, '{first} is empty for sms.'],
    ['of a number, in the option for an address', { 'how.email': 'To {last2}' }, '{last2} is empty for email.'],
    ['in an option of a menu', { 'sorry.bye': '{Nam}' }, 'Nothing sets {Nam}. Did you mean "Name"?'],
    ['in what an exit says', { end: 'Bye, {Nam}.' }, 'Nothing sets {Nam}. Did you mean "Name"?'],
    ['in the help', { 'code.help': 'Bye, {Nam}.' }, 'Nothing sets {Nam}. Did you mean "Name"?'],
    [
      'in a standard prompt that is heard in several places: told once',
      { silence: 'Are you there, {Nam}?' },
      'Nothing sets {Nam}. Did you mean "Name"?',
    ],
    [
      'that is known at one of these places only',
      { silence: 'Is it {Number}?' },
      '{Number} is set by "number" itself, after this is spoken.',
    ],
    [
      'in a prompt that is spoken without values',
      { 'on-its-way': 'To {last2}.' },
      '{last2} has no value here: this prompt is spoken as it stands.',
    ],
    [
      'inside a plural and a tag',
      { wrong: '{left, plural, one {<slow>{Nam}</slow>} other {#}}' },
      'Nothing sets {Nam}. Did you mean "Name"?',
    ],
  ])('%s', (_what, words, message) => {
    expect(told(line(words))).toEqual([message]);
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['an input', { number: 'Good morning, {Name}.' }],
    ['the language', { number: 'In {locale}.' }],
    ['what every callflow knows', { number: 'Codes have {digits} digits and last {minutes} minutes.' }],
    ['what was entered before', { 'how.ask': 'Your number is {Number}.', end: 'Bye, {Number}.' }],
    ['a reading of it', { 'how.ask': 'Your number is {Number_nbest1}.' }],
    ['the masked address and number, each in its option', { 'how.email': '{first} {domain}', 'how.sms': '{last2}' }],
    ['the same in the question for the method', { 'code.email': '{first} {domain}', 'code.sms': '{last2}' }],
    ['all of them where one text is for every method', { 'code.ask': '{method} {first} {domain} {last2}' }],
    ['what the sending tells', { 'code.ask': '{sends} {left}', wrong: '{left}' }],
    ['what an earlier round told: the caller has come back by a key', { 'sorry.ask': '{domain}' }],
  ])('is not %s', (_what, words) => {
    expect(told(line(words))).toEqual([]);
  });

  it.each<[string, Files, string]>([
    ['a message', texts('"{cod} for you."'), '{cod} has no value in a message. Did you mean "code"?'],
    ['a message that greets', texts('"{Name}: {code}"'), '{Name} has no value in a message.'],
    [
      'the sentence of a menu',
      {
        ...says('"Hello."'),
        'prompts/en-US/tiny.yaml': 'locale: en-US\nmenu-item: "{optoin}: {key}"\nprompts: { hello: a }',
      },
      '{optoin} has no value in menu-item. Did you mean "option"?',
    ],
    [
      'the sentence of key 0',
      {
        ...says('"Hello."'),
        'prompts/en-US/tiny.yaml': 'locale: en-US\nzero-item: "Press {key}."\nprompts: { hello: a }',
      },
      '{key} has no value in zero-item.',
    ],
  ])('in %s', (_what, files, message) => {
    expect(told(files)).toEqual([message]);
  });

  it('in words of one language is told there only', () => {
    const files = { ...says('"Hola, {Name}."', 'es-ES') };
    expect(found(files)).toEqual(['prompts/es-ES/tiny.yaml:3:17 error CF309 Nothing sets {Name}.']);
  });

  it('is told once for a standard prompt that every callflow speaks', () => {
    const standard = Object.fromEntries(
      [
        'silence',
        'unknown-key',
        'wrong-length',
        'one-moment',
        'on-its-way',
        'transferring',
        'no-one-available',
        'technical-problem',
        'goodbye',
      ].map((name) => [name, name === 'silence' ? 'Are you there, {Name}?' : name]),
    );
    const files = { 'prompts/en-US/standard.yaml': JSON.stringify({ locale: 'en-US', prompts: standard }) };
    expect(told(files)).toEqual(['Nothing sets {Name}.']);
  });

  it('that a block sets which only comes later', () => {
    const files = {
      ...callflow('  hello: { say: hello, next: day }\n  day: { set: { Day: Monday }, next: bye }'),
      ...prompts('  hello: "It is {Day}."'),
    };
    expect(told(files)).toEqual(['{Day} is set by "day", which does not come before "hello".']);
  });

  it('is not looked for in a callflow whose paths lead nowhere', () => {
    const files = { ...callflow('  hello: { say: hello, next: nowhere }'), ...prompts('  hello: "{Name}"') };
    expect(found(files).map((each) => each.split(' ')[2])).toEqual(['CF201']);
  });
});
