import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readYaml } from '../../../src/core/callflow/yaml.ts';

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
    ['true', true],
    ['~', null],
    ['"6"', '6'],
    ['4-12', '4-12'],
    ['2026-01-31', '2026-01-31'],
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

describe('a file that cannot be read has one finding, at the place', () => {
  it.each([
    ['a name given twice', 'a: 1\nb: 2\na: 3', '3:1 CF002 "a" stands here twice.'],
    ['a name given twice inside', 'a: { b: 1, b: 2 }', '1:12 CF002 "b" stands here twice.'],
    ['the star key without quotes', 'keys:\n  *: more', '2:3 CF003 "*" is a YAML alias, which callflows do not use.'],
    ['the star key in braces', 'keys: { *: more }', '1:9 CF003 "*" is a YAML alias, which callflows do not use.'],
    ['an alias', 'a: &x 1\nb: *x', '2:4 CF003 "*x" is a YAML alias, which callflows do not use.'],
    [
      'a text that begins with a star',
      'a: *important*',
      '1:4 CF003 "*important*" is a YAML alias, which callflows do not use.',
    ],
    [
      'a bracket left open',
      'a: [1, 2\nb: 3',
      '2:1 CF002 This is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ].',
    ],
    ['a quote left open', 'a: "b', '1:6 CF002 This is not valid YAML: Missing closing "quote.'],
    ['a tab', 'a:\n\tb: 1', '2:1 CF002 This is not valid YAML: Tabs are not allowed as indentation.'],
    [
      'two documents',
      'a: 1\n---\nb: 2',
      '2:1 CF002 This is not valid YAML: Source contains multiple documents; please use YAML.parseAllDocuments().',
    ],
    [
      'an environment name in braces without quotes',
      'a: { dial: ${AGENT_NUMBER} }',
      '1:13 CF002 This is not valid YAML: Unexpected flow-map-start at node end.',
    ],
    ['a name that JavaScript would mistake', '__proto__: 1', '1:1 CF002 "__proto__" cannot be used as a name.'],
    ['a list as a name', '? [a]\n: b', '1:3 CF002 This is not valid YAML: With stringKeys, all keys must be strings.'],
  ])('%s', (_what, text, message) => {
    expect(refusal(text)).toBe(message);
  });

  it('the environment name is told to be put in quotes', () => {
    expect(readYaml('x', 'a: { dial: ${AGENT_NUMBER} }').findings[0]?.fix).toBe('Put it in quotes: "${NAME}".');
  });
});

describe('a file that would hurt the parser is refused before it is parsed', () => {
  const many = 'x'.repeat(64 * 1024);
  const manyKeys = Array.from({ length: 9_000 }, (_, n) => `a${n.toString(36)}:`).join('\n');

  it('64 kB are read, and not a character more', () => {
    expect(refusal(many)).toBe('accepted');
    expect(refusal(`${many}x`)).toBe('1:1 CF001 The file has 65537 characters; at most 65536 are read.');
  });

  it.each([
    ['brackets', '['.repeat(30_000)],
    ['braces', '{a: '.repeat(10_000)],
    ['brackets that a quoted bracket seems to close', '["]",'.repeat(10_000)],
    ['brackets that a comment seems to close', '[ # ]\n'.repeat(10_000)],
    ['lists in one line', '- '.repeat(30_000)],
    ['keys in one line', '? '.repeat(30_000)],
    ['lists over many lines', Array.from({ length: 40 }, (_, n) => ' '.repeat(n * 50) + '- '.repeat(25)).join('\n')],
    ['indentation', Array.from({ length: 340 }, (_, n) => `${' '.repeat(n)}a:`).join('\n')],
  ])('%s nested thousands deep, again and again', (_what, text) => {
    for (let time = 0; time < 5; time++) {
      expect(refusal(text)).toMatch(/CF001 Brackets, lists or indentation are nested too deep here; at most 32 levels/);
    }
  });

  it('32 levels are read, 33 are not', () => {
    expect(refusal(`${'['.repeat(32)}${']'.repeat(32)}`)).toBe('accepted');
    expect(refusal(`a: 1\nb: ${'['.repeat(33)}${']'.repeat(33)}`)).toMatch(/^2:36 CF001/);
  });

  it('thousands of names take no time to speak of', () => {
    expect(refusal(manyKeys)).toBe('accepted');
  });

  it('no text makes it throw', () => {
    const pieces = fc.constantFrom(
      'a',
      ':',
      ' ',
      '\n',
      '-',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '#',
      '*',
      '&',
      '!',
      '|',
      '>',
      '?',
      '0',
      '%',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (text) => {
        const { findings } = readYaml('x.yaml', text.join(''));
        for (const { at } of findings) expect(at.line >= 1 && at.column >= 1).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
