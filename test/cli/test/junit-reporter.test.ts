import fc from 'fast-check';
import { parse } from 'junit2json';
import { SaxesParser } from 'saxes';
import { beforeAll, describe, expect, it } from 'vitest';
import { junit } from '../../../src/cli/test/reporters/junit.ts';
import { element } from '../../../src/cli/test/reporters/xml.ts';
import type { Played } from '../../../src/simulator/record.ts';
import { play, skipped, told } from './play.ts';

const SCENARIOS = `callflow: main
given: { customer: { sms: "+12025550156" } }
scenarios:
  - name: '<B>"Right" & ]]> 📞</B>'
    call: [ { hears: account-number } ]
  - name: Never said
    call: [ { hears: account-number }, { press: 1001 }, { hears: wrong-code } ]
`;

describe('a JUnit report', () => {
  let all: readonly Played[];
  beforeAll(async () => {
    const played = await play(SCENARIOS);
    const [first] = played;
    if (first === undefined) throw new Error('nothing played');
    all = [...played, skipped({ ...first, file: 'more/a.b.yaml', name: 'Later' }, 'the <clock> is moved')];
  });

  it('is read by a parser that others use, with every count, name and reason', async () => {
    const report = await parse(await told(junit, { all }));
    expect(report).toMatchObject({
      name: 'dialproof',
      tests: 3,
      failures: 1,
      errors: 0,
      time: 1.234,
      testsuite: [
        {
          name: 'test/calls/main.yaml',
          tests: 2,
          failures: 1,
          errors: 0,
          skipped: 0,
          time: 3,
          properties: [{ name: 'callflow', value: 'main' }],
          testcase: [
            { name: '<B>"Right" & ]]> 📞</B>', classname: 'test.calls.main', time: 1.5 },
            { name: 'Never said', failure: [{ type: 'hears' }] },
          ],
        },
        {
          name: 'more/a.b.yaml',
          tests: 1,
          skipped: 1,
          testcase: [{ name: 'Later', classname: 'more.a_b', skipped: [{ message: 'the <clock> is moved' }] }],
        },
      ],
    });
  });

  it('tells a failure in a line, and in full', async () => {
    const report = await parse(await told(junit, { all, texts: new Map([['test/calls/main.yaml', SCENARIOS]]) }));
    const suites = report !== null && report !== undefined && 'testsuite' in report ? report.testsuite : undefined;
    const failure = suites?.[0]?.testcase?.[1]?.failure?.[0];
    expect(failure?.message).toMatch(/^expected hears: wrong-code: Heard in its place: \S+ "/);
    expect(failure?.inner).toMatch(/^test\/calls\/main.yaml:7:57 {2}Never said\n/);
    expect(failure?.inner).toContain('✗ hears: wrong-code');
  });
});

const anyText = fc.string({ unit: 'binary' });

describe('XML', () => {
  it('keeps every text that it may hold, whatever stands in it', () => {
    fc.assert(
      fc.property(anyText, anyText, (attribute, content) => {
        const read = readBack(element('a', { b: attribute }, content));
        expect(read).toEqual({ attribute: kept(attribute), content: kept(content) });
      }),
    );
  });

  it('shows where something cannot be written', () => {
    expect(element('a', { b: '\u0000\uD800' }, '\u001B[31m\uFFFE')).toBe('<a b="\uFFFD\uFFFD">\uFFFD[31m\uFFFD</a>');
  });
});

function kept(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (sign) =>
    /[\t\n\r\u007F-\u009F]/.test(sign) ? sign : '\uFFFD',
  );
}

function readBack(document: string): { attribute: string; content: string } {
  const parser = new SaxesParser();
  let attribute = '';
  let content = '';
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', (tag) => (attribute = String(tag.attributes['b'])));
  parser.on('text', (text) => (content += text));
  parser.write(document).close();
  return { attribute, content };
}
