import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCallflow } from '../../../src/core/callflow/load.ts';
import { readYaml, type YamlValue } from '../../../src/core/callflow/yaml.ts';
import { AGENT, findingsOf, shippedFile } from '../support.ts';

const BYE = 'exits:\n  bye: { hang-up: true }\n';

/** A small callflow, sound but for what is put in. */
function callflow(blocks: string, rest = BYE): string {
  return `callflow: line\nstart: first\n${rest}blocks:\n  first: ${blocks}\n`;
}

describe('a broken callflow: one finding, at the place, with what to write', () => {
  it('a key that is mistyped', () => {
    expect(findingsOf(callflow('{ say: hello, nxt: bye }'))).toMatchInlineSnapshot(`
      "x.yaml:6:24  error CF101  "nxt" is not known here. Did you mean "next"?
        5 | blocks:
        6 |   first: { say: hello, nxt: bye }
          |                        ^^^
        Known here: in, next, say."
    `);
  });

  it('a key that is missing', () => {
    expect(findingsOf(callflow('{ say: hello }'))).toMatchInlineSnapshot(`
      "x.yaml:6:3  error CF103  "next" is missing.
        5 | blocks:
        6 |   first: { say: hello }
          |   ^^^^^
        Add "next:" here. Where the call goes next: the name of a block or an exit."
    `);
  });

  it('a key without a value', () => {
    expect(findingsOf(callflow('{ say: hello, next: }'))).toMatchInlineSnapshot(`
      "x.yaml:6:24  error CF103  "next" has nothing behind it.
        5 | blocks:
        6 |   first: { say: hello, next: }
          |                        ^^^^
        Write it behind the colon, or remove "next:". Where the call goes next: the name of a block or an exit."
    `);
  });

  it('a key at the top that is mistyped', () => {
    expect(findingsOf('callflow: line\nstart: first\nblock:\n  first: { say: hello, next: error }'))
      .toMatchInlineSnapshot(`
        "x.yaml:3:1  error CF101  "block" is not known here. Did you mean "blocks"?
          2 | start: first
          3 | block:
            | ^^^^^
          Known here: account, blocks, callflow, exits, inputs, locale-by-number, services, settings, sign-in, start, title, use."
      `);
  });

  it('a setting that is mistyped, with what is known at that place', () => {
    const rest = 'settings:\n  limits:\n    silence: { most: 2 }\n';
    expect(findingsOf(callflow('{ say: hello, next: error }', rest))).toMatchInlineSnapshot(`
      "x.yaml:5:5  error CF101  "silence" is not known here. Did you mean "silences"?
        4 |   limits:
        5 |     silence: { most: 2 }
          |     ^^^^^^^
        Known here: attempts-per-code, locked, sends, silences, wrong-keys."
    `);
  });

  it('a block without a verb', () => {
    expect(findingsOf(callflow('{ sayy: hello, next: bye }'))).toMatchInlineSnapshot(`
      "x.yaml:6:12  error CF104  "sayy" is not a verb. Did you mean "say"?
        5 | blocks:
        6 |   first: { sayy: hello, next: bye }
          |            ^^^^
        Verbs: choose-method, collect, find-methods, link, menu, say, send-code, service, set, verify-code, when."
    `);
  });

  it('a block with two verbs', () => {
    expect(findingsOf(callflow('{ say: hello, menu: choice, next: bye }'))).toMatchInlineSnapshot(`
      "x.yaml:6:24  error CF104  The block "first" has 2 verbs: say, menu. A block does one thing.
        5 | blocks:
        6 |   first: { say: hello, menu: choice, next: bye }
          |                        ^^^^
        Split it into one block for each, joined by \`next\`."
    `);
  });

  it('a target that does not exist', () => {
    expect(findingsOf(callflow('{ say: hello, next: buy }'))).toMatchInlineSnapshot(`
      "x.yaml:6:30  error CF201  There is no block or exit named "buy".
        5 | blocks:
        6 |   first: { say: hello, next: buy }
          |                              ^^^
        Known: bye, error, first."
    `);
  });

  it('a target in the settings that does not exist', () => {
    const rest = `settings: { zero-is: aegnt }\n${BYE}`;
    expect(findingsOf(callflow('{ menu: more, keys: { 1: bye } }', rest))).toMatchInlineSnapshot(`
      "x.yaml:3:22  error CF201  There is no block or exit named "aegnt".
        2 | start: first
        3 | settings: { zero-is: aegnt }
          |                      ^^^^^
        Known: bye, error, first."
    `);
  });

  it('a target with the name of the prompt beside it: the caret is at the target', () => {
    expect(findingsOf(callflow('{ menu: more, keys: { 1: more } }'))).toMatchInlineSnapshot(`
      "x.yaml:6:35  error CF201  There is no block or exit named "more".
        5 | blocks:
        6 |   first: { menu: more, keys: { 1: more } }
          |                                   ^^^^
        Known: bye, error, first."
    `);
  });

  it('a start that does not exist', () => {
    expect(findingsOf(callflow('{ say: hello, next: bye }').replace('start: first', 'start: frist')))
      .toMatchInlineSnapshot(`
        "x.yaml:2:8  error CF201  There is no block named "frist". Did you mean "first"?
          1 | callflow: line
          2 | start: frist
            |        ^^^^^
          Known: first."
      `);
  });

  it('a service that does not exist', () => {
    const rest = `services: { contact-methods: { production: https://example.test } }\n${BYE}`;
    expect(findingsOf(callflow('{ find-methods: contact-method, paths: { found: bye, failed: bye } }', rest)))
      .toMatchInlineSnapshot(`
        "x.yaml:7:26  error CF201  There is no service named "contact-method". Did you mean "contact-methods"?
          6 | blocks:
          7 |   first: { find-methods: contact-method, paths: { found: bye, failed: bye } }
            |                          ^^^^^^^^^^^^^^
          Known: contact-methods."
      `);
  });

  it('an exit that returns another name', () => {
    const rest = 'account: Account\nexits:\n  done: { returns: success }\n';
    expect(findingsOf(callflow('{ say: hello, next: done }', rest))).toMatchInlineSnapshot(`
      "x.yaml:5:20  error CF203  The exit "done" returns "success"; an exit returns its own name.
        4 | exits:
        5 |   done: { returns: success }
          |                    ^^^^^^^
        Write \`returns: done\`."
    `);
  });

  it('success without an account that it is about', () => {
    const rest = 'exits:\n  success: { returns: success }\n';
    expect(findingsOf(callflow('{ say: hello, next: success }', rest))).toMatchInlineSnapshot(`
      "x.yaml:4:3  error CF204  The exit "success" means that the account is verified, but the callflow does not say which account.
        3 | exits:
        4 |   success: { returns: success }
          |   ^^^^^^^
        Add \`account: AccountNumber\` (the variable that holds it) at the top."
    `);
  });

  it('a callflow with a name that the server uses itself', () => {
    expect(findingsOf(callflow('{ say: hello, next: bye }').replace('line', 'status'))).toMatchInlineSnapshot(`
      "x.yaml:1:11  error CF102  "status" is the name of a route of the server itself.
        1 | callflow: status
          |           ^^^^^^
        Choose another."
    `);
  });

  it('a name of the environment that callflows may not read', () => {
    const rest = 'exits:\n  bye: { dial: "${SECRET_KEY}" }\n';
    expect(findingsOf(callflow('{ say: hello, next: bye }', rest))).toMatchInlineSnapshot(`
      "x.yaml:4:16  error CF105  "\${SECRET_KEY}" cannot be used in a callflow.
        3 | exits:
        4 |   bye: { dial: "\${SECRET_KEY}" }
          |                ^^^^^^^^^^^^^^^
        Callflows may use AGENT_NUMBER, the service URLs, and names of your own that start with CALLFLOW_."
    `);
  });

  it('a length of time without a unit (D9)', () => {
    const rest = `settings: { spacing: 20 }\n${BYE}`;
    expect(findingsOf(callflow('{ say: hello, next: bye }', rest))).toMatchInlineSnapshot(`
      "x.yaml:3:22  error CF102  20 has no unit.
        2 | start: first
        3 | settings: { spacing: 20 }
          |                      ^^
        Write 20s for 20 seconds (ms, s, m, h)."
    `);
  });

  it('a block and an exit of one name', () => {
    const rest = 'exits:\n  first: { hang-up: true }\n';
    expect(findingsOf(callflow('{ say: hello, next: first }', rest))).toMatchInlineSnapshot(`
      "x.yaml:4:3  error CF202  "first" is the name of a block and of an exit.
        3 | exits:
        4 |   first: { hang-up: true }
          |   ^^^^^
        Rename one of the two: targets are found by name."
    `);
  });

  it('an exit that does two things', () => {
    const rest = 'exits:\n  bye: { hang-up: true, dial: "+12025550199" }\n';
    expect(findingsOf(callflow('{ say: hello, next: bye }', rest))).toMatchInlineSnapshot(`
      "x.yaml:4:8  error CF102  An exit does one thing: \`returns: name\`, \`dial: "\${AGENT_NUMBER}"\`, \`queue: name\`, \`redirect: "https://..."\`, \`studio-return: "https://..."\` or \`hang-up: true\`, each with an optional \`say\`.
        3 | exits:
        4 |   bye: { hang-up: true, dial: "+12025550199" }
          |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        See the settings and verbs in docs/callflows.md."
    `);
  });

  it('an exit with a key that is mistyped', () => {
    const rest = 'exits:\n  bye: { hangup: true, say: goodbye }\n';
    expect(findingsOf(callflow('{ say: hello, next: bye }', rest))).toMatchInlineSnapshot(`
      "x.yaml:4:10  error CF101  "hangup" is not known here. Did you mean "hang-up"?
        3 | exits:
        4 |   bye: { hangup: true, say: goodbye }
          |          ^^^^^^
        Known here: dial, hang-up, queue, redirect, returns, say, sealed, send, studio-return."
    `);
  });

  it('a path of send-code that is mistyped', () => {
    const block = '{ send-code: chosen, paths: { sent: bye, faild: bye } }';
    expect(findingsOf(callflow(block))).toMatchInlineSnapshot(`
      "x.yaml:6:51  error CF101  "faild" is not known here. Did you mean "failed"?
        5 | blocks:
        6 |   first: { send-code: chosen, paths: { sent: bye, faild: bye } }
          |                                                   ^^^^^
        Known here: error, failed, nothing-to-send, rejected, sent, unreachable."
    `);
  });

  it('a key that telephones do not have', () => {
    expect(findingsOf(callflow('{ menu: more, keys: { pound: bye } }'))).toMatchInlineSnapshot(`
      "x.yaml:6:32  error CF101  "pound" is not known here. Did you mean "hash"?
        5 | blocks:
        6 |   first: { menu: more, keys: { pound: bye } }
          |                                ^^^^^
        Known here: 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, hash, star."
    `);
  });

  it('a choice that is not one', () => {
    const rest = `settings: { code: { after-wrong-code: new } }\n${BYE}`;
    expect(findingsOf(callflow('{ say: hello, next: bye }', rest))).toMatchInlineSnapshot(`
      "x.yaml:3:39  error CF102  "new" is not possible here. Did you mean "new-code"?
        2 | start: first
        3 | settings: { code: { after-wrong-code: new } }
          |                                       ^^^
        Possible: ask-again, new-code."
    `);
  });

  it('a block that is a text', () => {
    expect(findingsOf(callflow('hello'))).toMatchInlineSnapshot(`
      "x.yaml:6:10  error CF102  "hello" stands here, and names with values are due.
        5 | blocks:
        6 |   first: hello
          |          ^^^^^
        Write \`name: value\` under it, or { name: value } behind it."
    `);
  });

  it('an empty file', () => {
    expect(findingsOf('# to be written')).toMatchInlineSnapshot(`
      "x.yaml:1:1  error CF103  The file is empty.
        1 | # to be written
          | ^
        See docs/callflows.md for a first one."
    `);
  });
});

describe('more that is refused', () => {
  it.each([
    ['a block with capital letters', callflow('{ say: hello, next: bye }').replaceAll('first', 'First'), 'CF102', 1],
    [
      'a block named like no block could be',
      callflow('{ say: hello, next: bye }\n  __proto__: { say: x, next: bye }'),
      'CF002',
      1,
    ],
    ['a variable named like a part of JavaScript', callflow('{ set: { toString: x }, next: bye }'), 'CF102', 1],
    ['more digits than are possible', callflow('{ collect: a, digits: 33, save-as: A, next: bye }'), 'CF102', 1],
    ['a range that runs backwards', callflow('{ collect: a, digits: 6-4, save-as: A, next: bye }'), 'CF102', 1],
    ['no digits', callflow('{ collect: a, digits: 0, save-as: A, next: bye }'), 'CF102', 1],
    ['a menu without keys', callflow('{ menu: more, keys: {} }'), 'CF102', 1],
    ['a code for somebody else', callflow('{ send-code: all, paths: { sent: bye, failed: bye } }'), 'CF102', 1],
    ['a wait that is too short', callflow('{ menu: more, keys: { 1: bye }, wait: 1s }'), 'CF102', 1],
    ['a callflow without blocks', 'callflow: line\nstart: first\nblocks: {}', 'CF102', 1],
    ['a list', '- callflow: line', 'CF102', 1],
    [
      'two mistakes in two places',
      callflow('{ say: hello, nxt: bye }\n  second: { menu: m, keys: { 1: bye }, wait: 5 }'),
      'CF101',
      2,
    ],
  ])('%s', (_what, text, code, count) => {
    const { findings, callflow: read } = loadCallflow({ file: 'x.yaml', text }, {});
    expect(read).toBeNull();
    expect(findings).toHaveLength(count);
    expect(findings[0]?.code).toBe(code);
  });
});

describe('whatever is written in whatever place', () => {
  const text = shippedFile('callflows/two-factor.yaml').text;
  const whole = JSON.parse(JSON.stringify(readYaml('two-factor.yaml', text).value)) as YamlValue;
  const anything = fc.oneof(
    fc.constantFrom<YamlValue>(
      null,
      true,
      0,
      -1.5,
      '',
      'agent',
      'Two Words',
      '${SECRET_KEY}',
      '5 minutes',
      'x'.repeat(300),
    ),
    fc.constantFrom<YamlValue>([], ['a', ['b']], [{}], {}, { say: 'a' }, { a: { b: {} } }, { toString: 'a', 1: 'b' }),
  );

  it('is told, and nothing of it makes the loader throw', () => {
    fc.assert(
      fc.property(fc.nat(200), anything, fc.boolean(), (place, value, isKey) => {
        const changed = JSON.stringify(changedAt(whole, place, { value, isKey }));
        const { callflow: read, findings } = loadCallflow({ file: 'x.yaml', text: changed }, {});
        expect(read === null).toBe(findings.some((finding) => finding.severity === 'error'));
        for (const { message, fix } of findings) expect(`${message}${fix}`).not.toMatch(/undefined|\[object|Invalid/);
      }),
      { numRuns: 100 },
    );
  });
});

/** The value with another one in the n-th place, or with the key of that place renamed. */
function changedAt(
  whole: YamlValue,
  place: number,
  put: { readonly value: YamlValue; readonly isKey: boolean },
): YamlValue {
  let count = 0;
  const visit = (value: YamlValue): YamlValue => {
    if (count++ === place && !put.isKey) return put.value;
    if (Array.isArray(value)) return value.map((each: YamlValue) => visit(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        const renamed = count === place && put.isKey ? `x${typeof put.value === 'string' ? put.value : ''}` : key;
        return [renamed, visit(inner)];
      }),
    );
  };
  return visit(whole);
}

describe('the environment in callflows', () => {
  const dial = (text: string, environment: Readonly<Record<string, string>> = {}): unknown => {
    const rest = `exits:\n  bye: { dial: "${text}" }\n`;
    const { callflow: read } = loadCallflow(
      { file: 'x', text: callflow('{ say: hello, next: bye }', rest) },
      environment,
    );
    return (read?.exits['bye'] as { to?: string } | undefined)?.to;
  };

  it.each([
    ['AGENT_NUMBER', '${AGENT_NUMBER}', AGENT],
    ['a name of their own', '${CALLFLOW_DESK}', 'sip:desk@example.test'],
    ['both in one text', 'sip:${CALLFLOW_USER}@${CALLFLOW_HOST}', 'sip:ana@example.test'],
    ['a name that is not set becomes nothing', '${CALLFLOW_UNSET}', ''],
    ['what is put in is not looked through again', '${CALLFLOW_TRICK}', '${AGENT_NUMBER}'],
    ['a dollar alone is a dollar', '$AGENT_NUMBER', '$AGENT_NUMBER'],
  ])('%s', (_what, written, read) => {
    const environment = {
      AGENT_NUMBER: AGENT,
      CALLFLOW_DESK: 'sip:desk@example.test',
      CALLFLOW_USER: 'ana',
      CALLFLOW_HOST: 'example.test',
      CALLFLOW_TRICK: '${AGENT_NUMBER}',
      SECRET_KEY: 'never',
    };
    expect(dial(written, environment)).toBe(read);
  });

  it.each(['SECRET_KEY', 'TWILIO_AUTH_TOKEN', 'PATH', 'callflow_x', 'XCALLFLOW_A', '', ' AGENT_NUMBER'])(
    '${%s} is not for callflows',
    (name) => {
      expect(dial(`\${${name}}`, { [name]: 'secret' })).toBeUndefined();
    },
  );

  it.each([
    'CONTACT_METHODS_URL',
    'CONTACT_METHODS_TEST_URL',
    'SEND_CODE_URL',
    'SEND_CODE_TEST_URL',
    'VERIFY_CODE_URL',
    'VERIFY_CODE_TEST_URL',
  ])('D16: ${%s} is', (name) => {
    expect(dial(`\${${name}}`, { [name]: 'https://example.test' })).toBe('https://example.test');
  });
});

describe('exits', () => {
  const exit = (written: string): unknown => {
    const rest = `exits:\n  bye: ${written}\n`;
    return loadCallflow({ file: 'x', text: callflow('{ say: hello, next: bye }', rest) }, {}).callflow?.exits['bye'];
  };

  it.each([
    ['{ returns: bye }', { does: 'return', returns: 'bye' }],
    ['{ say: goodbye, dial: "+12025550199" }', { say: 'goodbye', does: 'dial', to: '+12025550199' }],
    ['{ queue: support }', { does: 'queue', queue: 'support' }],
    [
      '{ redirect: "https://other.example.com/ivr?a=1", send: [Segment] }',
      { does: 'redirect', url: 'https://other.example.com/ivr?a=1', send: ['Segment'], sealed: false },
    ],
    [
      '{ studio-return: "${CALLFLOW_STUDIO_FLOW_URL}", sealed: true }',
      { does: 'studio-return', url: '', send: [], sealed: true },
    ],
    ['{ hang-up: true }', { does: 'hang-up' }],
  ])('%s', (written, read) => {
    expect(exit(written)).toEqual(read);
  });

  it.each(['other.example.com', 'ftp://example.com', 'https://user@example.com', 'https://', 'javascript:alert(1)'])(
    '%s is no address to hand a call over to',
    (url) => {
      const rest = `exits:\n  bye: { redirect: "${url}" }\n`;
      expect(findingsOf(callflow('{ say: hello, next: bye }', rest))).toMatch(
        /^x\.yaml:4:20 {2}error CF102[^]*An address/,
      );
    },
  );
});

describe('what a callflow says about itself', () => {
  it('is read with its defaults', () => {
    const { callflow: read } = loadCallflow({ file: 'x', text: callflow('{ say: hello, next: bye }') }, {});
    expect(read).toMatchObject({
      name: 'line',
      title: 'line',
      start: 'first',
      inputs: [],
      account: null,
      services: {},
    });
    expect([...(read?.blocks.keys() ?? [])]).toEqual(['first']);
  });

  it('G70: a service has 3 s and POST where nothing else is said', () => {
    const rest = `services: { contact-methods: { production: https://example.test } }\n${BYE}`;
    const { callflow: read } = loadCallflow({ file: 'x', text: callflow('{ say: hello, next: bye }', rest) }, {});
    expect(read?.services['contact-methods']).toEqual({
      production: 'https://example.test',
      timeout: 3_000,
      method: 'POST',
      send: [],
      receive: {},
    });
  });
});
