import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../src/core/callflow/yaml.ts';

const SHIPPED = [
  'callflows/main.yaml',
  'callflows/two-factor.yaml',
  'prompts/en-US/two-factor.yaml',
  'prompts/es-ES/two-factor.yaml',
  'prompts/en-US/standard.yaml',
];

function value(text: string): unknown {
  const { value: read, findings } = readYaml('x.yaml', text);
  expect(findings).toEqual([]);
  return JSON.parse(JSON.stringify(read));
}

function refusal(text: string): string {
  const [finding, ...more] = readYaml('x.yaml', text).findings;
  expect(more).toEqual([]);
  return finding === undefined
    ? 'accepted'
    : `${finding.at.line}:${finding.at.column} ${finding.code} ${finding.message}`;
}

describe('what is written is what is read', () => {
  it.each([
    ['012345', '012345'],
    ['000000', '000000'],
    ['+12025550100', '+12025550100'],
    ['12025550100', 12_025_550_100],
    ['12345678901234567890', '12345678901234567890'],
    ['128.40', '128.40'],
    ['128.4', 128.4],
    ['1e3', '1e3'],
    ['0x1F', '0x1F'],
    ['-3', -3],
    ['6', 6],
    ['yes', 'yes'],
    ['no', 'no'],
    ['on', 'on'],
    ['Off', 'Off'],
    ['y', 'y'],
    ['true', true],
    ['~', null],
    ['"6"', '6'],
    ['4-12', '4-12'],
    ['2026-01-31', '2026-01-31'],
    ['+15550100', '+15550100'],
    ['1_000', '1_000'],
    ['${AGENT_NUMBER}', '${AGENT_NUMBER}'],
    ['sip:desk@example.com', 'sip:desk@example.com'],
    ['\n  sip:desk@example.com', 'sip:desk@example.com'],
    ['\n  https://example.com', 'https://example.com'],
    ['https://example.com/a?b=c#d', 'https://example.com/a?b=c#d'],
    ["don't", "don't"],
    ['"don\'t"', "don't"],
    ["'don''t'", "don't"],
    ['-hello', '-hello'],
    ['You have {left} tries left.', 'You have {left} tries left.'],
    ['“Agent” or “balance”?', '“Agent” or “balance”?'],
    ['«Hola»', '«Hola»'],
    ['¡Hola!', '¡Hola!'],
    ['C#', 'C#'],
  ])('%s is %j', (written, read) => {
    expect(value(`a: ${written}`)).toEqual({ a: read });
  });

  it('digits survive without quotes, leading zeros and plus sign included', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\+?\d{1,20}$/), (digits) => {
        expect(String((value(`a: ${digits}`) as { a: unknown }).a)).toBe(digits);
      }),
    );
  });

  it('keys are names, also when they look like numbers', () => {
    expect(value('{ 1: a, 01: b, 0: c, true: d, null: e }')).toEqual({
      1: 'a',
      '01': 'b',
      0: 'c',
      true: 'd',
      null: 'e',
    });
  });

  it('an empty file and one of comments hold nothing', () => {
    expect(value('')).toBeNull();
    expect(value('# to be written\n')).toBeNull();
  });

  it('a text may hold what looks like structure', () => {
    const text = '[[[[ {{{{ - - - *star';
    expect(value(`a: ${JSON.stringify(text)}\nb: |\n  ${text}\nc: don't [stop] # [[[[`)).toEqual({
      a: text,
      b: `${text}\n`,
      c: "don't [stop]",
    });
  });
});

describe('comments are comments', () => {
  it.each([
    ['behind a name', 'next: check # and then', { next: 'check' }],
    ['behind a number', 'digits: 6 # 4 to 10', { digits: 6 }],
    ['behind a length of time', 'wait: 8s # 3', { wait: '8s' }],
    ['behind brackets', 'keys: { 1: a } #1', { keys: { 1: 'a' } }],
    ['behind quotes, in a prompt', 'prompts:\n  a: "Welcome." # first', { prompts: { a: 'Welcome.' } }],
    ['behind a title', 'title: Two-factor authentication # as in the list', { title: 'Two-factor authentication' }],
    ['set off behind a title', 'title: Self-service line    #1', { title: 'Self-service line' }],
    ['behind a text of several words', 'a: Google Authenticator    # "Prompt Wording"', { a: 'Google Authenticator' }],
    ['that names a key', 'a: b\n#: the rest of the line is not read', { a: 'b' }],
    ['of a line that was taken out', 'keys:\n  1: a\n  # 2: b\n  #3: c', { keys: { 1: 'a' } }],
  ])('%s', (_where, text, read) => {
    expect(value(text)).toEqual(read);
  });
});

describe('files as other programs save them', () => {
  const text = 'callflow: line\nprompts:\n  a: |\n    one\n    two\n  b: "c"\n';
  const read = { callflow: 'line', prompts: { a: 'one\ntwo\n', b: 'c' } };

  it.each([
    ['with a byte order mark', `\uFEFF${text}`],
    ['with Windows line ends', text.replaceAll('\n', '\r\n')],
    ['with both', `\uFEFF${text.replaceAll('\n', '\r\n')}`],
    ['with a line of dashes at the top', `---\n${text}`],
    ['with a comment and a line of dashes at the top', `# A line\n---\n${text}`],
    ['with a line of dots at the end', `${text}...\n`],
  ])('%s: read the same', (_how, saved) => {
    expect(value(saved)).toEqual(read);
    expect(readYaml('x.yaml', saved).place(['prompts', 'b']).column).toBe(6);
  });

  it('with both: columns are counted without the mark, and lines without the line ends', () => {
    expect(refusal('\uFEFFa: 1\r\nb: 2\r\na: 3\r\n')).toBe(
      '3:1 CF008 "a" stands here twice; the first one is in line 1.',
    );
    expect(refusal('\uFEFF*a: 1')).toMatch(/^1:1 CF003/);
  });

  it.each([
    ['|', 'one\ntwo # not a comment\n'],
    ['>', 'one two # not a comment\n'],
    ['|-', 'one\ntwo # not a comment'],
    ['>-', 'one two # not a comment'],
  ])('a text below %s', (header, written) => {
    expect(value(`a: ${header}\n  one\n  two # not a comment\nb: c`)).toEqual({ a: written, b: 'c' });
  });
});

describe('where it stands', () => {
  const file = readYaml('x.yaml', 'a: 1\nb:\n  - c\n  - { d: e }\n');

  it.each([
    [['a'], '1:4', '1:1'],
    [['b', 0], '3:5', '2:1'],
    [['b', 1, 'd'], '4:10', '4:7'],
    [['b', 1, 'nothing'], '4:5', '4:5'],
    [['nothing', 'at', 'all'], '1:1', '1:1'],
    [[], '1:1', '1:1'],
  ])('%j: value at %s, key at %s', (path, valueAt, keyAt) => {
    const { line, column } = file.place(path);
    expect(`${line}:${column}`).toBe(valueAt);
    if (path.length < 2 || typeof path.at(-1) === 'string') {
      const key = file.placeOfKey(path);
      expect(`${key.line}:${key.column}`).toBe(keyAt);
    }
  });
});

describe('one mistake has one finding, at its place', () => {
  it.each([
    ['a name that JavaScript would mistake', '__proto__: 1', '1:1 CF002 "__proto__" cannot be used as a name.'],
    [
      'three names given twice: the first of them',
      'a: 1\nb: 2\na: 3\nb: 4\na: 5',
      '3:1 CF008 "a" stands here twice; the first one is in line 1.',
    ],
    [
      'what comes behind a quote that is not closed: nothing of it',
      'a: "b\n*: c\n\td: &e !f\n---\n',
      '1:4 CF012 The text that " opens here is not closed.',
    ],
    [
      'several mistakes of the words in one line: the first',
      'a: { b: *c, d: &e f }',
      '1:9 CF003 "*c" is a YAML alias, which callflows do not use.',
    ],
    [
      'a quote that is closed lines later',
      'a: {\n  b: "c,\n  d: "e"\n}',
      '2:6 CF012 The text that " opens here is not closed.',
    ],
    [
      'a first key that nothing beside it begins in the column of',
      'a:\n   b: c\n  d: e\n  f: g\nh:\n  i: j',
      '2:4 CF016 "b" begins in column 4, and "d", beside which it belongs, in column 3.',
    ],
    [
      'a line that could belong nowhere',
      'a: |\n      b\n    c\nd: e',
      '3:5 CF016 This line begins in column 5, and the text that it goes on with in column 7.',
    ],
    [
      'what comes behind a line of dots',
      'a: 1\n...\nb: 2',
      '3:1 CF017 This begins a second document, and a file holds one.',
    ],
    [
      'a control character',
      'a: "b\u0000c"',
      '1:6 CF028 This character cannot be read: the file is not saved as UTF-8.',
    ],
    [
      'something that has no name',
      'a: "b": c',
      '1:7 CF026 The value ends at the closing quote, and this stands behind it: : c',
    ],
  ])('%s', (_what, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it('what could be read and was not meant so is told of every line', () => {
    const { findings } = readYaml('x.yaml', 'prompts:\n  a: {name}\n  b: Press # now\n  c: {a, b}\n');
    expect(findings.map(({ code, at }) => `${at.line}:${at.column}-${at.column + (at.length ?? 1)} ${code}`)).toEqual([
      '2:6-12 CF006',
      '3:12-17 CF005',
      '4:7-8 CF023',
    ]);
  });
});

describe('a character more or less in a file that comes with Dialproof', () => {
  const lines = SHIPPED.flatMap((file) =>
    readFileSync(file, 'utf8')
      .split('\n')
      .map((text, index) => ({ file, text, index })),
  );
  /** Lines with a part in the structure: no comment, nothing of a text over lines. */
  const structural = lines.filter(({ text }) => /^ *[\w-]+:(?: [^|]|$)/.test(text));

  /** What is told when the line is another one. */
  function told({ file, index }: (typeof lines)[number], changed: string): readonly string[] {
    const all = readFileSync(file, 'utf8').split('\n').with(index, changed).join('\n');
    return readYaml(file, all).findings.map(({ code, at }) => `${code} in line ${at.line - index}`);
  }

  it.each([
    ['the colon behind a name is lost', (text: string) => text.replace(/:(?= |$)/, ''), 'CF023'],
    ['the space behind the colon is lost', (text: string) => text.replace(/: +(?=[^ #])/, ':'), 'CF011'],
    ['the quote at the end is lost', (text: string) => text.replace(/"(?=[^"]*$)/, ''), 'CF012'],
    ['the brace at the end is lost', (text: string) => text.replace(/ \}(?=[^}"]*$)/, ''), 'CF013'],
    ['a quote becomes a curly one', (text: string) => text.replace('"', '“'), 'CF020'],
    ['the first space becomes a tab', (text: string) => text.replace(/^ /, '\t'), 'CF009'],
    ['the first space becomes a non-breaking one', (text: string) => text.replace(/^ /, '\u00A0'), 'CF021'],
    ['a space is added in front', (text: string) => ` ${text}`, 'CF016'],
    ['a space is lost in front', (text: string) => text.replace(/^ /, ''), 'CF016'],
    ['a dash is added in front', (text: string) => text.replace(/^ */, '$&- '), 'CF025'],
  ])('%s: told once, and in that line', (_what, change, code) => {
    const changed = structural.map((line) => ({ line, text: change(line.text.replace(/ +#[^"]*$/, '')) }));
    const some = changed.filter(({ line, text }) => text !== line.text.replace(/ +#[^"]*$/, ''));
    expect(some.length).toBeGreaterThan(20);
    fc.assert(
      fc.property(fc.constantFrom(...some), ({ line, text }) => {
        const findings = told(line, text);
        // A line at the end of its group may still be read, as part of another one.
        expect(findings.length).toBeLessThan(2);
        if (findings[0]?.startsWith(code) === true) expect(findings).toEqual([`${code} in line 1`]);
        else expect(findings[0] ?? 'CF in line 1').toMatch(/ in line 1$/);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a file that would hurt the parser is refused before it is parsed', () => {
  const many = 'x'.repeat(64 * 1024);

  it('64 kB are read, and not a character more', () => {
    expect(refusal(many)).toBe('accepted');
    expect(refusal(`${many}x`)).toBe('1:1 CF001 The file has 65537 characters; at most 65536 are read.');
    expect(refusal('x: y\n'.repeat(1_000_000))).toBe(
      '1:1 CF001 The file has 5000000 characters; at most 65536 are read.',
    );
  });

  const deep: readonly (readonly [string, string])[] = [
    ['square brackets', '['.repeat(5_000)],
    ['braces', '{'.repeat(5_000)],
    ['square brackets, as many as there can be', '['.repeat(65_000)],
    ['braces with names', '{a: '.repeat(10_000)],
    ['brackets that a quoted bracket seems to close', '["]",'.repeat(10_000)],
    ['brackets that a comment seems to close', '[ # ]\n'.repeat(10_000)],
    ['lists in one line', '- '.repeat(30_000)],
    ['keys in one line', '? '.repeat(30_000)],
    ['all of them in one line', '- ? [{'.repeat(10_000)],
    ['lists over many lines', Array.from({ length: 40 }, (_, n) => ' '.repeat(n * 50) + '- '.repeat(25)).join('\n')],
    ['indentation', Array.from({ length: 340 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
  ];

  it.each(deep)('%s nested thousands deep', (_what, text) => {
    expect(refusal(text)).toMatch(/CF001 Brackets, lists or indentation are nested too deep here; at most 32 levels/);
  });

  it('all of these, twenty times in a row', () => {
    for (let time = 0; time < 20; time++) {
      expect(deep.map(([, text]) => readYaml('x.yaml', text).findings[0]?.code)).toEqual(deep.map(() => 'CF001'));
    }
  });

  it('32 levels are read, 33 are not', () => {
    expect(refusal(`${'['.repeat(32)}${']'.repeat(32)}`)).toBe('accepted');
    expect(refusal(`a: 1\nb: ${'['.repeat(33)}${']'.repeat(33)}`)).toMatch(/^2:36 CF001/);
  });

  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, n) => n.toString(36));
  it.each([
    [
      '50,000 names, one a line',
      names(50_000)
        .map((each) => `name-${each}: value\n`)
        .join(''),
    ],
    [
      '50,000 names in braces',
      `{ ${names(50_000)
        .map((each) => `name-${each}: value`)
        .join(', ')} }`,
    ],
    [
      'names as short as can be, one a line',
      names(13_000)
        .map((each) => `${each}:\n`)
        .join(''),
    ],
    [
      'names as short as can be, in braces',
      `{${names(10_000)
        .map((each) => `${each}:`)
        .join(',')}}`,
    ],
    ['names without values, in braces', `{${names(14_000).join(',')}}`],
    ['entries as short as can be', `[${'a,'.repeat(30_000)}]`],
    ['a list, one entry a line', '- a\n'.repeat(16_000)],
    ['empty lines', '\n'.repeat(60_000)],
    ['comments', '#\n'.repeat(30_000)],
  ])('%s are refused', (_what, text) => {
    expect(refusal(text)).toMatch(
      / CF001 The file (?:goes on here; at most 4000 names|has \d+ characters; at most 65536)/,
    );
  });

  it('4,000 names are read', () => {
    expect(
      Object.keys(
        value(
          names(4_000)
            .map((each) => `${each}: a\n`)
            .join(''),
        ) as object,
      ),
    ).toHaveLength(4_000);
  });

  it('a callflow of 300 blocks is read', () => {
    const block = (n: number): string => `  block-${n}:
    collect: enter-account-number
    digits: 4-12
    save-as: AccountNumber
    wait: 10s
    silences: { most: 2, then: bye }
    star: more-options
    next: block-${n + 1}
`;
    const text = `callflow: long\nblocks:\n${Array.from({ length: 300 }, (_, n) => block(n)).join('')}`;
    expect(text.length).toBeLessThan(64 * 1024);
    expect(Object.keys((value(text) as { blocks: object }).blocks)).toHaveLength(300);
  });

  it('thousands of mistakes cost no more than a hundred: the first of them is told', () => {
    const text = (piece: string): string => piece.repeat(Math.floor(65_000 / piece.length));
    expect(refusal(text(']'))).toBe('1:1 CF013 This ] closes nothing: no [ is open here.');
    expect(refusal(`a: b\n${text('"')}`)).toMatch(/^2:/);
    expect(refusal(text('%\n'))).toMatch(/^1:1 CF017/);
    expect(refusal(text("'\n"))).toMatch(/^\d+:\d+ CF0/);
  });

  it('no text makes it throw', () => {
    const signs = 'a: \n-[]{}"\'#*&!|>?0%\t$=,;\\@`“”\u00A0\uFEFF\u0018\u001F\u0002'.split('');
    const words = ['a: ', ' #', '#: b', '- ', '\n  ', '\r\n', '${A}', '---\n', '...\n', '<<'];
    const pieces = fc.constantFrom(...signs, ...words);
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        const { findings } = readYaml('x.yaml', text);
        for (const { at } of findings) {
          const line = text.replace(/^\uFEFF/, '').split('\n')[at.line - 1];
          expect(line).not.toBeUndefined();
          expect(at.column >= 1 && at.column <= (line ?? '').length + 1).toBe(true);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
