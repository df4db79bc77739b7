import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatFinding } from '../../../src/core/callflow/finding.ts';
import { loadScenarios } from '../../../src/core/scenario/load-scenarios.ts';

const HEAD = 'callflow: tiny\nscenarios:\n';

function load(text: string) {
  return loadScenarios({ file: 'test/calls/tiny.yaml', text });
}

/** The findings, each in its first line. */
function refusal(text: string): readonly string[] {
  const { scenarios, findings } = load(text);
  expect(scenarios === null).toBe(findings.length > 0);
  return findings.map((finding) =>
    formatFinding(finding)
      .replace(/^test\/calls\/tiny.yaml:/, '')
      .replace(/\n +/g, ' '),
  );
}

/** The place and the code, and further on what is said: what happened, or what to write. */
function expectTold(actual: readonly string[], expected: readonly unknown[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [index, each] of expected.entries()) {
    if (typeof each !== 'string') expect(actual[index]).toEqual(each);
    else {
      const [place = '', words = ''] = each.split(/(?<=CF\d{3}) {2}/);
      expect(actual[index]?.startsWith(place)).toBe(true);
      expect(actual[index]).toContain(words);
    }
  }
}

function step(written: string): readonly string[] {
  return refusal(`${HEAD}  - { name: a, call: [ ${written} ] }\n`);
}

describe('scenario files', () => {
  it.each(readdirSync('test/calls'))('%s has no findings', (name) => {
    expect(load(readFileSync(`test/calls/${name}`, 'utf8')).findings).toEqual([]);
  });

  it('are read with all that they say', () => {
    const { scenarios } = load(`
callflow: two-factor
given:
  customer: { email: ana@example.test, sms: +12025550156, authenticator: true }
  sends-fail: [email]
  services: { contact-methods: { reply: "<a/>", delay: 2s }, balance: { fail: true } }
always: [ { sends: { at-most: 3 } }, { attempts: { at-most: 9 } }, code-is-never-spoken-here ]
scenarios:
  - name: Everything
    given: { sends-fail: [sms] }
    call:
      - { hears: enter-code.email, wording: 6 digits, exactly: true }
      - press: 012345
      - gets: email
      - silent: 8s
      - later: 11m
      - redials
      - repeat
      - hangs-up
    ends: success
    count: { sends: 1, attempts: 0 }
`);
    expect(scenarios).toMatchObject({
      callflow: 'two-factor',
      given: {
        customer: { email: 'ana@example.test', sms: '+12025550156', authenticator: true },
        'sends-fail': { email: 'unreachable' },
        services: { 'contact-methods': { reply: '<a/>', delay: 2_000 }, balance: { fail: true } },
        breaks: [],
        dial: 'completed',
        inputs: {},
      },
      always: [{ sends: { 'at-most': 3 } }, { attempts: { 'at-most': 9 } }, 'code-is-never-spoken-here'],
      scenarios: [
        {
          name: 'Everything',
          given: { 'sends-fail': { sms: 'unreachable' }, services: {}, breaks: [], dial: 'completed', inputs: {} },
          call: [
            { hears: 'enter-code.email', wording: '6 digits', exactly: true },
            { press: '012345' },
            { gets: 'email' },
            { silent: 8_000 },
            { later: 660_000 },
            'redials',
            'repeat',
            'hangs-up',
          ],
          ends: 'success',
          count: { sends: 1, attempts: 0 },
        },
      ],
    });
  });

  it.each([
    '0',
    '9',
    'star',
    'hash',
    'code',
    'wrong-code',
    'old-code',
    'sms',
    'choose-method',
    '0012',
    '123456',
    '1001#',
    '"*"',
  ])('press: %s', (key) => {
    expect(load(`${HEAD}  - { name: a, call: [ { press: ${key} } ] }\n`).scenarios?.scenarios[0]?.call).toEqual([
      { press: key.replaceAll('"', '') },
    ]);
  });
});

describe('examples', () => {
  it('a scenario is there once for each, its places filled in name, call and end', () => {
    const { scenarios } = load(
      `${HEAD}  - name: Key <key> leads to <exit>\n    examples: [ { key: 7, exit: a }, { key: 09, exit: b } ]\n` +
        '    call: [ { press: <key> }, { hears: went-to-<exit> } ]\n    ends: <exit>\n',
    );
    expect(scenarios?.scenarios.map(({ name, call, ends }) => [name, call, ends])).toEqual([
      ['Key 7 leads to a', [{ press: '7' }, { hears: 'went-to-a' }], 'a'],
      ['Key 09 leads to b', [{ press: '09' }, { hears: 'went-to-b' }], 'b'],
    ]);
  });

  it('in what is given, places are filled as well; a document that a service answers stays as it is written', () => {
    const { scenarios } = load(
      `${HEAD}  - name: Gateway <how>\n    examples: [ { how: rejected, code: 12100 } ]\n` +
        '    given: { sends-fail: { sms: <how> }, services: { balance: { reply: <how>1</how> } } }\n' +
        '    call: [ { fallback: <code> } ]\n',
    );
    expect(scenarios?.scenarios[0]).toMatchObject({
      given: { 'sends-fail': { sms: 'rejected' }, services: { balance: { reply: '<how>1</how>' } } },
      call: [{ fallback: 12100 }],
    });
  });

  it('a scenario without any stands beside them, in its place', () => {
    const { scenarios } = load(
      `${HEAD}  - { name: <n>, examples: [ { n: 1 }, { n: 2 } ], call: [ redials ] }\n  - { name: z, call: [ redials ] }\n`,
    );
    expect(scenarios?.scenarios.map(({ name }) => name)).toEqual(['1', '2', 'z']);
  });

  it.each([
    [
      'a place that no example fills',
      `  - { name: Key <kye>, examples: [ { key: 7 } ], call: [ { press: <key> } ] }\n`,
      ['3:13  error CF102  Not every example says what "<kye>" is. Did you mean "<key>"?'],
    ],
    [
      'a place that one example leaves open',
      `  - name: Key <key>\n    examples: [ { key: 7 }, { kee: 8 } ]\n    call: [ { press: <key> } ]\n`,
      [
        '3:11  error CF102  Not every example says what "<key>" is.',
        '5:22  error CF102  Not every example says what "<key>" is.',
      ],
    ],
    [
      'a place without examples',
      `  - { name: a, call: [ { press: <key> } ] }\n`,
      ['3:33  error CF102  Not every example says what "<key>" is.'],
    ],
    [
      'a value that is wrong where it stands',
      `  - { name: <n>, examples: [ { n: 7 }, { n: "x y" } ], call: [ { press: <n> } ] }\n`,
      [
        '3:73  error CF102  What is pressed goes here: a key (0 to 9, star, hash), several (1001#), the name of an option, code, wrong-code or old-code.',
      ],
    ],
    [
      'a value that nothing in the scenario names; a document of a service has no places',
      `  - name: a\n    examples: [ { n: 7 } ]\n    given: { services: { b: { reply: <n> } } }\n    call: [ redials ]\n`,
      ['4:22  error CF102  Nothing in the scenario names "<n>".'],
    ],
    [
      'a value that is a list',
      `  - { name: a <n>, examples: [ { n: [7] } ], call: [ { press: 1 } ] }\n`,
      ['3:37  error CF102  A list is not possible here.'],
    ],
    [
      'examples that do not stand in the name',
      `  - { name: a, examples: [ { n: 7 }, { n: 8 } ], call: [ { press: <n> } ] }\n`,
      ['3:13  error CF102  Two scenarios are called "a".'],
    ],
  ])('%s is refused', (_what, text, findings) => {
    expectTold(refusal(HEAD + text), findings);
  });
});

describe('mistakes are found at their place', () => {
  it.each([
    ['an empty file', '', ['1:1  error CF103  The file is empty.']],
    [
      'a key that is mistyped',
      `callflw: a\nscenarios:\n  - { name: a, call: [ redials ] }\n`,
      ['1:1  error CF101  "callflw" is not known here. Did you mean "callflow"?'],
    ],
    ['no scenario', 'callflow: a\nscenarios: []\n', ['2:12  error CF102  Write at least one scenario.']],
    [
      'two of the same name',
      `${HEAD}  - { name: a, call: [ redials ] }\n  - { name: a, call: [ redials ] }\n`,
      ['4:13  error CF102  Two scenarios are called "a".'],
    ],
    [
      'what always holds and is not known',
      `callflow: a\nalways: [ silence ]\nscenarios:\n  - { name: a, call: [ redials ] }\n`,
      [
        '2:11  error CF102  What always holds is `sends: { at-most: 3 }`, `attempts: { at-most: 9 }`, `attempts-per-code: { at-most: 3 }`, `ends: [success, agent]`, `code-is-never-spoken-here` or `success-needs-a-code`.',
      ],
    ],
    [
      'a service that does two things',
      `callflow: a\ngiven: { services: { b: { reply: c, fail: true } } }\nscenarios:\n  - { name: a, call: [ redials ] }\n`,
      [
        '2:25  error CF102  A service answers, is late, or fails: `status: not found`, `reply: "..."`, `delay: 4s` or `fail: true`.',
      ],
    ],
    [
      'a service that does nothing',
      `callflow: a\ngiven: { services: { b: {} } }\nscenarios:\n  - { name: a, call: [ redials ] }\n`,
      [
        '2:25  error CF102  A service answers, is late, or fails: `status: not found`, `reply: "..."`, `delay: 4s` or `fail: true`.',
      ],
    ],
  ])('%s', (_what, text, findings) => {
    expectTold(refusal(text), findings);
  });

  it.each([
    [
      'waits',
      [
        '3:24  error CF102  A step is one of: hears, press, gets, says, silent, later, fallback, elsewhere, hangs-up, redials, repeat.',
      ],
    ],
    ['{ prss: 1 }', ['3:26  error CF101  "prss" is not known here. Did you mean "press"?']],
    [
      '{ press: 1, gets: sms }',
      [
        '3:24  error CF102  A step is one of: hears, press, gets, says, silent, later, fallback, elsewhere, hangs-up, redials, repeat.',
      ],
    ],
    ['{ silent: 8 }', ['3:34  error CF102  8 has no unit. Write 8s for 8 seconds (ms, s, m, h).']],
    ['{ later: 900h }', ['3:33  error CF102  900h is outside what is possible here: 1s to 31d.']],
    ['{ gets: fax }', ['3:32  error CF102  A method goes here: email, sms, voice, authenticator.']],
    ['{ hears: greeting, exactly: false }', ['3:52  error CF102  false is not possible here.']],
    ['{ press: 1.5 }', ['3:33  error CF102  What is pressed goes here']],
  ])('the step %s', (written, findings) => {
    expectTold(step(written), findings);
  });
});
