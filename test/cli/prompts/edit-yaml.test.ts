import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { withTexts, type TextAt } from '../../../src/cli/prompts/edit-yaml.ts';

const at = (path: string, text: string): TextAt => ({ path: path.split('.'), text });

/** Written as no formatter would: what is not edited must stay so. */
const FILE = `# The line of the parcel service.
locale: fr-FR      # and nothing else
voice:    Polly.Lea

prompts:           # what is said


    hello:   'C''est nous.'   # greeting
    long: ceci est
      en deux lignes
    block: |   # as it is
      Un

      deux

    folded: >-
      a b
      c
    flow: { ask: "A",   again: B }   # both
    # the menu
    menu:
        ask: "x"   # question
        # last in the menu
    empty:
    plain: Rien   # not a map
messages: {}
# the end
`;

describe('a text that is there', () => {
  it.each([
    ['in single quotes', 'prompts.hello', "'C''est nous.'"],
    ['over two lines', 'prompts.long', 'ceci est\n      en deux lignes'],
    ['in a flow map', 'prompts.flow.again', 'B'],
    ['in a map', 'prompts.menu.ask', '"x"'],
    ['without quotes', 'voice', 'Polly.Lea'],
  ])('%s is replaced, and nothing else', (_what, path, written) => {
    expect(withTexts(FILE, [at(path, 'Une "fois", # pas: plus')])).toBe(
      FILE.replace(written, '"Une \\"fois\\", # pas: plus"'),
    );
  });

  it('that is empty gets its text behind the colon', () => {
    expect(withTexts(FILE, [at('prompts.empty', 'Plus.')])).toBe(FILE.replace('empty:\n', 'empty: "Plus."\n'));
  });

  it.each([
    ['several lines in place of a block', 'Trois\nquatre\n', 'block: |   # as it is\n      Trois\n      quatre\n\n'],
    ['no line feed at its end', 'Trois\nquatre', 'block: |-   # as it is\n      Trois\n      quatre\n\n'],
    ['two line feeds at its end', 'Trois\nquatre\n\n', 'block: "Trois\\nquatre\\n\\n"   # as it is\n\n'],
    ['one line in place of a block', 'Trois', 'block: "Trois"   # as it is\n\n'],
    ['what no block can hold', ' Trois\nquatre', 'block: " Trois\\nquatre"   # as it is\n\n'],
  ])('%s', (_what, text, written) => {
    expect(withTexts(FILE, [at('prompts.block', text)])).toBe(
      FILE.replace('block: |   # as it is\n      Un\n\n      deux\n\n', written),
    );
  });

  it('in a block that keeps its empty lines leaves these where they are', () => {
    expect(withTexts('a: |+\n  x\n\n\nb: "B"\n', [at('a', 'One\ntwo\n')])).toBe('a: |\n  One\n  two\n\n\nb: "B"\n');
  });

  it('all of them at once', () => {
    const texts = [at('prompts.hello', 'H'), at('prompts.menu.ask', 'M'), at('prompts.folded', 'F'), at('voice', 'V')];
    const { prompts, voice } = parseDocument(withTexts(FILE, texts)).toJS() as {
      prompts: Record<string, unknown>;
      voice: string;
    };
    expect([prompts['hello'], prompts['menu'], prompts['folded'], voice]).toEqual(['H', { ask: 'M' }, 'F', 'V']);
  });

  it('in a file with Windows line ends keeps them', () => {
    const windows = FILE.replaceAll('\n', '\r\n');
    const edited = withTexts(windows, [at('prompts.block', 'Trois\nquatre\n'), at('prompts.new', 'Neuf')]);
    expect(edited.replaceAll('\r\n', '')).not.toContain('\n');
    expect(parseDocument(edited).getIn(['prompts', 'block'])).toBe('Trois\nquatre\n');
    expect(parseDocument(edited).getIn(['prompts', 'new'])).toBe('Neuf');
  });
});

describe('a new text', () => {
  const order = [
    ['prompts', 'hello'],
    ['prompts', 'new'],
    ['prompts', 'menu', 'ask'],
    ['prompts', 'menu', 'again'],
  ];

  it('comes after the key that is before it in the other language', () => {
    expect(withTexts(FILE, [at('prompts.new', 'Neuf')], order)).toBe(
      FILE.replace('# greeting\n', '# greeting\n    new: "Neuf"\n'),
    );
    expect(withTexts(FILE, [at('prompts.menu.again', 'Encore')], order)).toBe(
      FILE.replace('# question\n', '# question\n        again: "Encore"\n'),
    );
  });

  it('comes at the end of its map where nothing is known of its place', () => {
    expect(withTexts(FILE, [at('prompts.new', 'Neuf')])).toBe(
      FILE.replace('# not a map\n', '# not a map\n    new: "Neuf"\n'),
    );
    expect(withTexts('prompts:\n  a: "A"', [at('prompts.b', 'B')])).toBe('prompts:\n  a: "A"\n  b: "B"\n');
  });

  it('brings the maps that it needs', () => {
    expect(withTexts('locale: fr-FR\n', [at('prompts.menu.ask', 'Quoi ?'), at('prompts.menu.help', 'Ceci.')])).toBe(
      'locale: fr-FR\nprompts:\n  menu:\n    ask: "Quoi ?"\n    help: "Ceci."\n',
    );
    expect(withTexts('locale: fr-FR\n', [at('messages.email', 'Un\n\ndeux\n')])).toBe(
      'locale: fr-FR\nmessages:\n  email: |\n    Un\n\n    deux\n',
    );
  });

  it.each([
    ['into a flow map', at('prompts.flow.help', 'H'), { ask: 'A', again: 'B', help: 'H' }],
    [
      'beside the only text of a prompt, which becomes its question',
      at('prompts.plain.help', 'H'),
      { ask: 'Rien', help: 'H' },
    ],
    ['into an empty value', at('prompts.empty.help', 'H'), { help: 'H' }],
    ['into an empty map', at('messages.sms', 'S'), 'S'],
  ])('%s: the file is laid out anew, with its comments and in its order', (_what, text, expected) => {
    const edited = withTexts(FILE, [text]);
    const path = typeof expected === 'string' ? text.path : text.path.slice(0, -1);
    expect(
      (parseDocument(edited).getIn(path) as { toJSON?: () => unknown }).toJSON?.() ?? parseDocument(edited).getIn(path),
    ).toEqual(expected);
    const comments = (yaml: string): readonly string[] => [...yaml.matchAll(/# .*/g)].map((match) => match[0]);
    expect(comments(edited)).toEqual(comments(FILE));
    const keys = (yaml: string): readonly string[] =>
      [...yaml.matchAll(/^ *([a-z]+):/gm)].map((match) => match[1] ?? '');
    expect(keys(edited).filter((key) => keys(FILE).includes(key) && key !== 'ask')).toEqual(
      keys(FILE).filter((key) => key !== 'ask'),
    );
  });

  it('beside a recording, which becomes the question', () => {
    const edited = withTexts('prompts:\n  a: { text: "A", audio: a.wav }\n', [at('prompts.a.help', 'H')]);
    expect(parseDocument(edited).toJS()).toEqual({ prompts: { a: { ask: { text: 'A', audio: 'a.wav' }, help: 'H' } } });
  });
});

describe('any text', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc
      .array(
        fc.constantFrom(
          '\n',
          ' ',
          '\t',
          '#',
          ': ',
          '- ',
          "'",
          '"',
          '\\',
          '|',
          '>',
          '{',
          '}',
          'a',
          'é',
          'שלום',
          '\u2028',
          '\u0085',
          '\ufeff',
          '\r',
          '%',
          '@',
          '&a',
          '*a',
          '!x',
          '---',
        ),
      )
      .map((parts) => parts.join('')),
  );
  const PATHS = [
    'voice',
    'prompts.hello',
    'prompts.long',
    'prompts.block',
    'prompts.folded',
    'prompts.flow.ask',
    'prompts.menu.ask',
    'prompts.empty',
    'prompts.plain',
  ];
  const NEW = [
    'prompts.new',
    'prompts.menu.help',
    'prompts.flow.help',
    'prompts.other.ask',
    'messages.sms',
    'messages.email',
  ];

  it('comes back as it was given, wherever it goes, and everything else stays', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ path: fc.constantFrom(...PATHS, ...NEW), text }), { selector: (each) => each.path }),
        fc.boolean(),
        (given, windows) => {
          const source = windows ? FILE.replaceAll('\n', '\r\n') : FILE;
          const texts = given.map((each) => at(each.path, each.text));
          const edited = withTexts(source, texts);
          const [before, after] = [parseDocument(source), parseDocument(edited)];
          expect(after.errors).toEqual([]);
          for (const { path, text } of texts) expect(after.getIn([...path])).toBe(text);
          for (const path of PATHS.filter((path) => !given.some((each) => each.path === path)))
            expect(after.getIn(path.split('.'))).toBe(before.getIn(path.split('.')));
        },
      ),
      { numRuns: 200 },
    );
  });
});
