import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transcript, type SpeechPart } from '../../../src/core/call/verbs.ts';
import { WordingFault } from '../../../src/core/call/wording-fault.ts';
import { readWording, type PromptValues } from '../../../src/core/call/wording.ts';
import { LOCALES, shippedLibrary } from '../support.ts';

function parts(text: string, values: PromptValues = {}, locale = 'en-US'): readonly SpeechPart[] {
  return readWording(text, locale).speak(values);
}

function said(text: string, values: PromptValues = {}, locale = 'en-US'): string {
  return transcript(parts(text, values, locale));
}

describe('a wording is spoken', () => {
  const LEFT = 'You have {left, plural, one {# try} other {# tries}} left.';

  it.each([
    ['plain text', 'Goodbye.', {}, 'Goodbye.'],
    ['a value', 'Enter the {digits} digits.', { digits: 6 }, 'Enter the 6 digits.'],
    ['one left', LEFT, { left: 1 }, 'You have 1 try left.'],
    ['two left', LEFT, { left: 2 }, 'You have 2 tries left.'],
    ['none left', LEFT, { left: 0 }, 'You have 0 tries left.'],
    ['a count that comes as text', LEFT, { left: '1' }, 'You have 1 try left.'],
    ['an exact count', '{sends, plural, =1 {Sent.} other {Sent again.}}', { sends: 1 }, 'Sent.'],
    ['a choice', '{kind, select, gold {Hello!} other {Welcome.}}', { kind: 'gold' }, 'Hello!'],
    ['a choice that is not listed', '{kind, select, gold {Hello!} other {Welcome.}}', { kind: 'tin' }, 'Welcome.'],
    ['an apostrophe', "Don't hang up.", {}, "Don't hang up."],
    ['two apostrophes before a brace', "l''{name}", { name: 'abonné' }, "l'abonné"],
    ['money from text', 'It is {Balance, number, ::currency/USD}.', { Balance: '128.40' }, 'It is $128.40.'],
    ['money from a number', 'It is {Balance, number, ::currency/USD}.', { Balance: 128.4 }, 'It is $128.40.'],
    [
      'a value that looks like a placeholder',
      '{name}',
      { name: '{digits} <pause>1s</pause>' },
      '{digits} <pause>1s</pause>',
    ],
  ])('%s', (_what, text, values: PromptValues, words) => {
    expect(said(text, values)).toBe(words);
  });

  it('Spanish, with its own plurals and its own money', () => {
    expect(said('{left, plural, one {Le queda # intento.} other {Le quedan # intentos.}}', { left: 1 }, 'es-ES')).toBe(
      'Le queda 1 intento.',
    );
    expect(said('Su saldo es de {Balance, number, ::currency/EUR}.', { Balance: '1128.40' }, 'es-ES')).toBe(
      'Su saldo es de 1128,40 €.',
    );
  });
});

describe('the four tags', () => {
  it.each<[string, string, PromptValues, readonly SpeechPart[]]>([
    [
      'digits are spoken one by one',
      'in <digits>{last2}</digits>',
      { last2: '56' },
      [
        { kind: 'text', text: 'in ' },
        { kind: 'digits', text: '56' },
      ],
    ],
    ['letters are spelled', '<spell>{first}</spell>', { first: 'A' }, [{ kind: 'spell', text: 'A' }]],
    [
      'a pause is as long as it says',
      'Wait.<pause>1500ms</pause>Go.',
      {},
      [
        { kind: 'text', text: 'Wait.' },
        { kind: 'pause', ms: 1500 },
        { kind: 'text', text: 'Go.' },
      ],
    ],
    [
      'slow speech holds the others',
      '<slow>It is <digits>{n}</digits><pause>1s</pause></slow>',
      { n: '12' },
      [
        {
          kind: 'slow',
          parts: [
            { kind: 'text', text: 'It is ' },
            { kind: 'digits', text: '12' },
            { kind: 'pause', ms: 1000 },
          ],
        },
      ],
    ],
    [
      'a variable may have the name of a tag',
      'The {digits} digits are <digits>{digits}</digits>.',
      { digits: 6 },
      [
        { kind: 'text', text: 'The 6 digits are ' },
        { kind: 'digits', text: '6' },
        { kind: 'text', text: '.' },
      ],
    ],
    [
      'tags stand inside plurals',
      '{left, plural, one {<slow>one</slow>} other {#}}',
      { left: 1 },
      [{ kind: 'slow', parts: [{ kind: 'text', text: 'one' }] }],
    ],
  ])('%s', (_what, text, values, spoken) => {
    expect(parts(text, values)).toEqual(spoken);
  });

  it('speech that is put in stays what it is', () => {
    const option = parts('the number ending in <digits>56</digits>');
    expect(parts('{option}, press {key}.', { option, key: '2' })).toEqual([
      { kind: 'text', text: 'the number ending in ' },
      { kind: 'digits', text: '56' },
      { kind: 'text', text: ', press 2.' },
    ]);
  });

  it('a message has the texts and none of the tags', () => {
    const wording = readWording('<slow>{code}</slow><pause>1s</pause> is your <spell>code</spell>.', 'en-US');
    expect(wording.write({ code: '012345' })).toBe('012345 is your code.');
  });

  it('a transcript reads as it is heard', () => {
    expect(said('A <digits>56</digits>,<pause>1s</pause> <slow>B</slow>')).toBe('A 5 6, B');
  });

  it('the variables of a wording are known, the tags not among them', () => {
    const text =
      '{a} <digits>{digits}</digits> {n, plural, one {# {b}} other {{c, number} x}} {s, select, d {{e}} other {}}';
    expect(readWording(text, 'en-US').variables).toEqual(['a', 'digits', 'n', 'b', 'c', 's', 'e']);
  });
});

describe('a value that is not known is silence', () => {
  it.each([
    ['a text', 'Hello {name}.', 'Hello .'],
    ['a number is not 0', 'It is {Balance, number, ::currency/USD}.', 'It is .'],
    ['nor is a count', '{left, plural, one {# try left.} other {# tries left.}}', ''],
    ['a choice takes the other way', '{kind, select, gold {Hello!} other {Welcome.}}', 'Welcome.'],
    ['digits', '<digits>{last2}</digits>', ''],
    ['a name that JavaScript knows', 'Hello {constructor} {toString}.', 'Hello .'],
  ])('%s', (_what, text, words) => {
    expect(said(text)).toBe(words);
    expect(said(text, { name: '', Balance: '', left: '', kind: '', last2: '' })).toBe(words);
  });

  it('a number that is none is spoken as it is, never as "NaN"', () => {
    expect(said('It is {Balance, number, ::currency/USD}.', { Balance: 'unknown' })).toBe('It is unknown.');
    expect(said('{left, plural, one {#} other {#}}', { left: 'many' })).toBe('many');
  });
});

describe('a wording that would not be speech is refused: where, why, and what to write', () => {
  const example = '{left, plural, one {# try} other {# tries}}';
  const tags = 'The tags are <digits> <pause> <slow> <spell>.';
  const name = 'A name is letters, digits and underscores between single braces: {AccountNumber}.';

  it.each([
    ['an unknown tag', 'Enter it >>><b>now</b>', 'the tag <b> is not known.', tags],
    ['a tag that is mistyped', '>>><digit>{n}</digit>', 'the tag <digit> is not known. Did you mean "digits"?', tags],
    ['a tag of HTML', 'Wait.>>><br>', 'the tag <br> is not known.', tags],
    ['a tag of HTML that is closed', 'Wait.>>><br/>Go.', 'the tag <br> is not known.', tags],
    [
      'a tag that is not closed',
      'in >>><digits>{last2}',
      '<digits> is never closed.',
      'Write </digits> where it ends.',
    ],
    [
      'a tag that is closed by another name',
      '<digits>{last2}>>></digit>',
      '</digit> does not close the tag that was opened last.',
      'Each tag is opened and closed by the same name, the last one first: <slow><digits>{last2}</digits></slow>.',
    ],
    [
      'a tag with more than its name',
      '>>><digits kind="x">{last2}</digits>',
      'the tag <digits cannot be read.',
      `A tag is its name between < and >, nothing else: <digits>{last2}</digits>. ${tags}`,
    ],
    [
      'a tag without an end',
      'Wait.>>><pause/>Go.',
      '<pause/> holds nothing, and would be spoken as text.',
      'A tag stands around what it is about: <pause>1s</pause>.',
    ],
    [
      'another one',
      'in >>><digits/>{last2}',
      '<digits/> holds nothing, and would be spoken as text.',
      'A tag stands around what it is about: <digits>{last2}</digits>.',
    ],
    [
      'a pause without a unit (D9)',
      '>>><pause>1</pause>',
      'a pause says how long it is, with its unit.',
      'Write <pause>1s</pause> or <pause>500ms</pause>.',
    ],
    [
      'a pause that a variable makes',
      '>>><pause>{long}</pause>',
      'a pause says how long it is, with its unit.',
      'Write <pause>1s</pause> or <pause>500ms</pause>.',
    ],
    ['a brace left open at the end', 'Enter >>>{digits', '"{digits" is never closed.', 'Write {digits}.'],
    ['a brace left open', 'Enter >>>{digits now.', '"{digits" is never closed.', 'Write {digits}.'],
    [
      'a brace that nothing opened',
      'Enter {digits}>>>}.',
      '"}" stands there without its partner.',
      'Write a name between two braces, as in {digits}, or leave the brace out.',
    ],
    [
      'a brace left open before a comma',
      '{option, >>>press {key}.',
      '"press" is no kind of value.',
      `Write {option} if that is all; after a comma comes number, plural or select: ${example}.`,
    ],
    ['two braces', '>>>{{digits}}', '{{digits}} has two braces where one belongs.', 'Write {digits}.'],
    ['a name with a space', '>>>{last digits}', '{last digits} is no name.', name],
    ['no name', '>>>{}', '{} names nothing.', 'Write the name of a value between the braces: {digits}.'],
    [
      'an apostrophe before a brace',
      "Bonjour, l>>>'{name}",
      'the apostrophe in front of {name} makes a text of it.',
      "Write two apostrophes: l''{name}.",
    ],
    [
      'an apostrophe before a tag',
      "l>>>'<digits>{last2}</digits>",
      'the apostrophe in front of <digits> makes a text of it.',
      "Write two apostrophes: l''<digits>.",
    ],
    [
      'an apostrophe inside a choice',
      "{n, plural, one {l>>>'{x}} other {}}",
      'the apostrophe in front of {x} makes a text of it.',
      "Write two apostrophes: l''{x}.",
    ],
    [
      'a plural without other',
      '{n, plural, one {#}>>>}',
      '"other" is missing among the choices.',
      `Add it for all the rest: ${example}.`,
    ],
    [
      'a kind that is mistyped',
      '{n, >>>plurl, one {#} other {#}}',
      '"plurl" is no kind of value. Did you mean "plural"?',
      `Write {n} if that is all; after a comma comes number, plural or select: ${example}.`,
    ],
    [
      'choices without braces',
      '{n, plural, one >>># other {#}}',
      'the choices cannot be read from here on.',
      `After each choice stands its text, in braces: ${example}.`,
    ],
    [
      'a choice twice',
      '{n, plural, one {a} >>>one {b} other {c}}',
      'the choice "one" stands there twice.',
      'Write each choice once.',
    ],
    [
      'a currency that does not exist',
      'It is >>>{Balance, number, ::currency/DOLLAR}',
      'Invalid currency code : DOLLAR.',
      'For money write {Balance, number, ::currency/USD}; a currency is three letters.',
    ],
    [
      'a date',
      'On >>>{day, date, short}',
      '{day} is a date or time, which prompts do not speak.',
      'Let it be handed over as a text, and write {day}.',
    ],
  ])('%s', (_what, marked, message, fix) => {
    const refused = (): unknown => readWording(marked.replace('>>>', ''), 'en-US');
    expect(refused).toThrow(WordingFault);
    expect(refused).toThrow(expect.objectContaining({ message, fix, offset: marked.indexOf('>>>') }));
  });

  it('whatever is thrown for a text says where it is, inside the text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '<',
      '>',
      "'",
      "''",
      ',',
      ' ',
      'digits',
      'plural',
      'one',
      'other',
      '/',
      '#',
      '1s',
      'pause',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
        (text) => {
          try {
            readWording(text, 'en-US');
          } catch (error) {
            expect(error).toBeInstanceOf(WordingFault);
            const { offset, fix } = error as WordingFault;
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(offset).toBeLessThanOrEqual(text.length);
            expect((error as WordingFault).endIn(text)).toBeGreaterThan(offset);
            expect(fix).toMatch(/^[A-Z].*\.$/s);
          }
        },
      ),
    );
  });
});

const LEFT_OVER = /[{}<>]|undefined|null|NaN|\[object|'' | {3}/;

/** The texts as they stand, a pause as a space. */
function heardLiterally(spoken: readonly SpeechPart[]): string {
  return spoken.map((part) => ('text' in part ? part.text : ' ')).join('');
}

describe('no value whatever makes a wording throw or leave anything over', () => {
  const value = fc.oneof(fc.integer(), fc.double(), fc.stringMatching(/^[\w .,@+-]{0,30}$/), fc.constant(''));

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('%s is a number that nobody knows: silence', (value) => {
    expect(said('a {left} b {left, plural, one {# x} other {# y}}', { left: value })).toBe('a b');
  });

  it('whatever the names and values are', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[A-Za-z]\w{0,12}$/),
      fc.constantFrom('constructor', 'valueOf', 'digits', 'slow'),
    );
    fc.assert(
      fc.property(name, fc.dictionary(fc.string(), value), value, (variable, values, own) => {
        const text = `a {${variable}} b <digits>{${variable}}</digits> {${variable}, plural, one {# x} other {# y}}`;
        const all = { ...values, [variable]: own };
        expect(said(text, all)).not.toMatch(/undefined|NaN|\[object|[{}]/);
        expect(said(text)).toBe('a b');
      }),
    );
  });

  const library = shippedLibrary();
  const wordings = library.flows.flatMap((flow) =>
    LOCALES.map((locale) => [`${flow.callflow.name} in ${locale}`, flow.wordings.get(locale)] as const),
  );

  it.each(wordings)('%s', (_what, all) => {
    if (all === undefined) throw new Error('no wordings');
    const everything = [
      ...all.prompts,
      ...all.messages,
      ['menu-item', all.menuItem],
      ['zero-item', all.zeroItem],
    ] as const;
    const count = fc.integer({ min: 0, max: 10 });
    const known = fc.record({
      digits: fc.integer({ min: 4, max: 10 }),
      minutes: count,
      left: count,
      sends: count,
      known: fc.constantFrom('', 'yes', 'no'),
      authenticator: fc.constantFrom('Google Authenticator'),
      method: fc.constantFrom('', 'email', 'sms', 'voice', 'authenticator'),
      first: fc.constantFrom('', 'A', 'Ñ'),
      domain: fc.constantFrom('', 'example.com'),
      last2: fc.constantFrom('', '05', '56'),
      Balance: fc.constantFrom('', '0', '128.40', '-3.1', 'unknown'),
      code: fc.constantFrom('012345', '999999'),
      option: fc.constantFrom('To get a new code'),
      key: fc.constantFrom('1', 'star'),
      opens: fc.constantFrom('', 'later', 'never'),
    });
    fc.assert(
      fc.property(known, (values) => {
        for (const [prompt, wording] of everything) {
          const unknown = wording.variables.filter((name) => !(name in values));
          const texts = [values, {}].map((given) => heardLiterally(wording.speak(given)));
          expect({ prompt, unknown, leftOver: texts.filter((text) => LEFT_OVER.test(text)) }).toEqual({
            prompt,
            unknown: [],
            leftOver: [],
          });
        }
      }),
      { numRuns: 25 },
    );
  });
});
