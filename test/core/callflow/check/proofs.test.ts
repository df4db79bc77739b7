import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endless, repeatsItself } from '../../../../src/core/callflow/check/endless.ts';
import { limitEscape } from '../../../../src/core/callflow/check/limit-escape.ts';
import type { Rule } from '../../../../src/core/callflow/check/rule.ts';
import { successProof } from '../../../../src/core/callflow/check/success-proof.ts';
import type { LibrarySources } from '../../../../src/core/callflow/library.ts';
import { readProject } from '../../../../src/core/callflow/project.ts';
import { AGENT, EMAIL, libraryOf, load, LOCALES, shippedFile, shippedSources, SMS, Talk } from '../../support.ts';

const HEAD = `
account: AccountNumber
inputs: [AccountNumber]
settings:
  methods: [email]
  messages: { email: { from: security@example.com, subject: Code } }
services: { contact-methods: { production: "\${CONTACT_METHODS_URL}" }, balance: { production: "\${CONTACT_METHODS_URL}" } }
exits: { success: { returns: success }, agent: { dial: "\${AGENT_NUMBER}" } }
blocks:
`;

/** A callflow whose every prompt is worded, for what its blocks lead to is all that matters here. */
function flow(name: string, blocks: string, head = HEAD): LibrarySources {
  const start = /^ {2}([\w-]+):/m.exec(blocks)?.[1] ?? '';
  const options = [...blocks.matchAll(/\b([\w-]+)\b/g)].map((match) => [match[1] ?? '', 'x'] as const);
  return {
    callflows: [{ file: `${name}.yaml`, text: `callflow: ${name}\nstart: ${start}${head}${blocks}` }],
    prompts: [
      {
        file: `prompts/en-US/${name}.yaml`,
        text: JSON.stringify({
          locale: 'en-US',
          prompts: {
            p: Object.fromEntries([
              ['ask', 'x'],
              ['email', 'x'],
              ...options.filter(([key]) => /^[a-z][a-z0-9-]*$/.test(key)),
            ]),
          },
          messages: { email: '{code}' },
        }),
        locale: 'en-US',
        callflow: name,
      },
    ],
  };
}

const STANDARD: LibrarySources = {
  callflows: [],
  prompts: LOCALES.slice(0, 1).map((locale) => ({
    ...shippedFile(`prompts/${locale}/standard.yaml`),
    locale,
    callflow: 'standard',
  })),
};

function together(...all: readonly LibrarySources[]): LibrarySources {
  return { callflows: all.flatMap((each) => each.callflows), prompts: all.flatMap((each) => each.prompts) };
}

/** What the proofs say, without the advice, and without the texts that no block here says. */
function proofs(...sources: readonly LibrarySources[]): readonly string[] {
  const findings = load(together(STANDARD, ...sources)).findings.filter(({ code }) => code !== 'CF308');
  const { 0: first } = findings.filter(({ code }) => !/^CF22\d/.test(code) && code !== 'CF203');
  if (first?.severity === 'error') throw new Error(`${first.code} ${first.message}`);
  return findings
    .filter(({ code }) => /^CF(?:203|22[0-4])/.test(code))
    .map(({ code, at, message }) => `${code} ${at.file}:${at.line}:${at.column} ${message}`);
}

const VERIFY = `
  find:   { find-methods: contact-methods, paths: { found: choose, failed: agent } }
  choose: { choose-method: p, next: send }
  send:   { send-code: chosen, paths: { sent: enter, failed: agent } }
  enter:  { collect: p, digits: code, save-as: authCode, next: check }
  check:  { verify-code: authCode, paths: { right: thanks, wrong: enter, finished: agent, error: agent } }
  thanks: { say: p, next: success }
`;

describe('success is reached only through a right code', () => {
  it('holds for the callflows that come with Dialproof', () => {
    expect(load(shippedSources()).findings).toEqual([]);
  });

  it('holds for a callflow that verifies', () => {
    expect(proofs(flow('line', VERIFY))).toEqual([]);
  });

  it.each([
    [
      'a `when` that jumps to success',
      `  segment: { when: AccountNumber, is: { "1": success }, otherwise: find }\n${VERIFY}`,
      'segment > success',
    ],
    [
      'a `when` that jumps to where verified callers come: the caret is at the jump',
      `  segment: { when: AccountNumber, is: { "1": thanks }, otherwise: find }\n${VERIFY}`,
      'segment > thanks > success',
    ],
    [
      'a service path whose target is success',
      `  find: { find-methods: contact-methods, paths: { found: success, failed: agent } }\n`,
      'find > success',
    ],
    [
      'a sent code that is never asked for',
      VERIFY.replace('sent: enter', 'sent: success'),
      'find > choose > send > success',
    ],
    [
      'a wrong code',
      VERIFY.replace('wrong: enter', 'wrong: success'),
      'find > choose > send > enter > check > success',
    ],
    ['a menu', '  m: { menu: p, keys: { 1: success, 2: agent } }\n', 'm > success'],
    ['silence', '  m: { menu: p, keys: { 1: agent }, silences: { most: 1, then: success } }\n', 'm > success'],
    [
      'an account that is entered anew after the right code',
      VERIFY.replace('right: thanks', 'right: anew') +
        '  anew: { collect: p, digits: 4, save-as: AccountNumber, next: thanks }\n',
      'anew > thanks > success',
    ],
    [
      'an account that is set after the right code',
      VERIFY.replace('right: thanks', 'right: anew') + '  anew: { set: { AccountNumber: 1 }, next: success }\n',
      'anew > success',
    ],
  ])('%s is found', (_what, blocks, way) => {
    const found = proofs(flow('line', blocks));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^CF220 /);
    expect(found[0]).toContain(way);
  });

  it('a wrong code that leads where the right one does is found at its own path', () => {
    const blocks = VERIFY.replace('right: thanks, wrong: enter', 'right: success, wrong: success');
    const column = (blocks.split('\n').find((each) => each.includes('wrong:')) ?? '').indexOf('wrong: ') + 8;
    expect(proofs(flow('line', blocks))[0]).toMatch(new RegExp(`^CF220 line\\.yaml:\\d+:${column} `));
  });

  it('settings that lead to success are found where they are written', () => {
    const head = HEAD.replace('settings:', 'settings:\n  no-method: success');
    expect(proofs(flow('line', VERIFY, head))).toEqual([
      'CF220 line.yaml:6:14 The call can come to "success" without a right code for AccountNumber: find > success.',
    ]);
  });

  it('`returns: success` of an exit with another name is found', () => {
    const head = HEAD.replace(
      'success: { returns: success }',
      'done: { returns: success }, success: { returns: success }',
    );
    expect(proofs(flow('line', '  m: { menu: p, keys: { 1: done } }\n', head))).toEqual([
      expect.stringMatching(/^CF203 .*"done" returns "success"/),
    ]);
  });

  it('a linked callflow that returns success without verification is found, once, in its own file', () => {
    const linked = flow('linked', '  m: { menu: p, keys: { 1: success } }\n');
    const line = flow('line', '  go: { link: linked, with: [AccountNumber], paths: { success: success } }\n');
    expect(proofs(line, linked)).toEqual([expect.stringMatching(/^CF220 linked\.yaml:\d+:28 /)]);
  });

  it('the success of a link proves the account that was handed over, and no other', () => {
    const linked = flow('linked', VERIFY);
    const go = (head: string, hands: string): readonly string[] =>
      proofs(
        flow(
          'line',
          `  ask: { collect: p, digits: 4, save-as: AccountNumber, next: go }\n  go: { link: linked, with: [${hands}], paths: { success: success } }\n`,
          head,
        ),
        linked,
      );
    expect(go(HEAD, 'AccountNumber')).toEqual([]);
    expect(go(HEAD.replaceAll(/(account: |inputs: \[)AccountNumber/g, '$1Other'), 'AccountNumber')).toEqual([
      expect.stringContaining('ask > go > success'),
    ]);
  });
});

describe('no loop escapes the limits', () => {
  it.each([
    [
      'a limit that leads back to the send over another block',
      VERIFY + '  again: { say: p, next: send }\n',
      'sends: { most: 3, then: again }',
      /^CF22[13] /,
    ],
    [
      'a used-up attempt limit that sends anew',
      VERIFY,
      'attempts-per-code: { most: 3, then: send }',
      /^CF221 .*"too-many" of "check".*"send"/,
    ],
    ['silence at the code that sends anew', VERIFY, 'silences: { most: 1, then: send }', /^CF221 .*"silences"/],
    ['a locked account that is looked up again', VERIFY, 'locked: { then: find }', /^CF221 .*"locked"/],
  ])('%s is found', (_what, blocks, limit, found) => {
    const all = proofs(flow('line', blocks, HEAD.replace('settings:', `settings:\n  limits: { ${limit} }`)));
    expect(all[0]).toMatch(found);
    expect(new Set(all.map((each) => each.slice(0, 5))).size).toBe(1);
  });

  it.each([
    [
      'a failed send that is tried again over another block',
      VERIFY.replace('sent: enter, failed: agent', 'sent: enter, failed: sorry') + '  sorry: { say: p, next: send }\n',
      'send > sorry > send',
    ],
    [
      'a sent code that is followed by the next one',
      VERIFY.replace('sent: enter', 'sent: sorry') + '  sorry: { say: p, next: send }\n',
      'send > sorry > send',
    ],
  ])('a resend loop: %s', (_what, blocks, way) => {
    expect(proofs(flow('line', blocks))).toEqual([expect.stringMatching(new RegExp(`^CF223 .*${way}`))]);
  });

  it('a failed look-up that is asked again and again is found', () => {
    const blocks =
      VERIFY.replace('found: choose, failed: agent', 'found: choose, failed: sorry') +
      '  sorry: { say: p, next: find }\n';
    expect(proofs(flow('line', blocks))).toEqual([expect.stringMatching(/^CF222 .*find > sorry > find/)]);
  });

  it('a line that links to two-factor again when it comes back by its limits is found', () => {
    const blocks =
      '  ask: { collect: p, digits: 4, save-as: AccountNumber, next: go }\n  go: { link: two-factor, with: [AccountNumber], paths: { success: success, agent: go } }\n';
    const shipped = shippedSources();
    const two = {
      callflows: shipped.callflows.filter(({ file }) => file.includes('two-factor')),
      prompts: shipped.prompts.filter(({ callflow, locale }) => callflow === 'two-factor' && locale === 'en-US'),
    };
    expect(proofs(flow('line', blocks), two)[0]).toMatch(/^CF22[12] line\.yaml/);
  });

  it.each([
    [
      'a menu after the limit in which the caller asks for another code',
      VERIFY + '  more: { menu: p, keys: { 1: send, 2: agent } }\n',
      'attempts-per-code: { most: 3, then: more }',
    ],
    [
      'silence before anything was sent: the call goes on in its language',
      `  language: { menu: p, keys: { 1: find }, silences: { most: 1, then: find } }\n${VERIFY}`,
      'wrong-keys: { most: 3, then: agent }',
    ],
  ])('%s is allowed', (_what, blocks, limit) => {
    expect(proofs(flow('line', blocks, HEAD.replace('settings:', `settings:\n  limits: { ${limit} }`)))).toEqual([]);
  });
});

/** Callflows made at random: every way in which the verbs can be put together, good and bad. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

/** Mostly onwards, sometimes back, rarely to where only verified callers may go. */
function target(from: number): fc.Arbitrary<string> {
  const onwards = NAMES.slice(from + 1);
  return fc.oneof(
    { weight: 40, arbitrary: fc.constantFrom(...onwards, 'agent') },
    { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
    { weight: 1, arbitrary: fc.constant('success') },
  );
}

function block(from: number) {
  const to = target(from);
  const limit = fc.option(fc.record({ most: fc.integer({ min: 1, max: 2 }), then: to }), { nil: undefined });
  const right = fc.constantFrom('success', 'success', ...NAMES.slice(from));
  return fc.oneof(
    fc.record({ say: fc.constant('p'), next: to }),
    fc.record({ menu: fc.constant('p'), keys: fc.record({ 1: to, 2: to }), silences: limit, 'wrong-keys': limit }),
    fc.record({
      collect: fc.constant('p'),
      digits: fc.constant(4),
      'save-as': fc.constantFrom('AccountNumber', 'Other'),
      next: to,
      silences: limit,
    }),
    fc.record({ collect: fc.constant('p'), digits: fc.constant('code'), 'save-as': fc.constant('authCode'), next: to }),
    fc.record({ when: fc.constantFrom('AccountNumber', 'Other'), is: fc.record({ 1111: to }), otherwise: to }),
    fc.record({ set: fc.constantFrom({ AccountNumber: '1111' }, { Other: '1111' }), next: to }),
    fc.record({
      'find-methods': fc.constant('contact-methods'),
      paths: fc.record({ found: to, failed: to, none: to, locked: to }),
    }),
    fc.record({ service: fc.constantFrom('owner', 'balance'), paths: fc.record({ success: to, failed: to }) }),
    fc.record({ 'choose-method': fc.constant('p'), next: to }),
    fc.record({ 'send-code': fc.constant('chosen'), paths: fc.record({ sent: to, failed: to }) }),
    fc.record({
      'verify-code': fc.constant('authCode'),
      paths: fc.record({ right, wrong: to, finished: to, error: to, blank: to }),
    }),
  );
}
const to = target(-1);
const limits = fc.record({ sends: to, 'attempts-per-code': to, silences: to, 'wrong-keys': to, locked: to });
const made = fc.record({
  blocks: fc.tuple(block(0), block(1), block(2), block(3), block(4), block(5)),
  limits,
  noMethod: to,
});

function sourcesOf({
  blocks,
  limits: then,
  noMethod,
}: typeof made extends fc.Arbitrary<infer T> ? T : never): LibrarySources {
  const text = JSON.stringify({
    callflow: 'line',
    start: 'a',
    account: 'AccountNumber',
    inputs: ['AccountNumber', 'Other', 'authCode'],
    settings: {
      methods: ['email', 'sms'],
      'no-method': noMethod,
      limits: Object.fromEntries(
        Object.entries(then).map(([name, target]) => [
          name,
          name === 'locked' ? { then: target } : { most: 2, then: target },
        ]),
      ),
    },
    services: {
      'contact-methods': { production: 'https://example.test' },
      owner: { production: 'https://example.test', receive: { AccountNumber: 'owner/account' } },
      balance: { production: 'https://example.test', receive: { Other: 'balance/amount' } },
    },
    exits: { success: { returns: 'success' }, agent: { dial: AGENT } },
    blocks: Object.fromEntries(blocks.map((each, index) => [NAMES[index], each])),
  });
  const prompts = {
    p: Object.fromEntries(['ask', 'email', 'sms', 'success', 'agent', ...NAMES].map((name) => [name, 'x'])),
  };
  return together(STANDARD, {
    callflows: [{ file: 'line.yaml', text }],
    prompts: [
      {
        file: 'prompts/en-US/line.yaml',
        text: JSON.stringify({ locale: 'en-US', prompts, messages: { email: '{code}', sms: '{code}' } }),
        locale: 'en-US',
        callflow: 'line',
      },
    ],
  });
}

/** The rules by themselves: reading prompts takes most of the time, and nothing here is about what is said. */
function findsNothing(sources: LibrarySources, rules: readonly Rule[]): boolean {
  const { project } = readProject(
    { callflows: sources.callflows, prompts: [] },
    { environment: {}, defaultLocale: 'en-US' },
  );
  return [...project.callflows.values()].every((file) =>
    rules.every((rule) => rule.of === 'callflow' && [...rule.check(file, project)].length === 0),
  );
}

const LOOPS: readonly Rule[] = [limitEscape, endless, repeatsItself];
const dice = fc.array(fc.nat(99), { minLength: 60, maxLength: 60 });

/** One step of somebody who does anything at all; `right` codes are granted as the app does. */
function anything(talk: Talk, die: number): void {
  const { next } = talk.move;
  if (next.kind === 'listen') {
    if (die < 15) talk.isSilent();
    else talk.presses(['1', '2', '9', '1111', '2222', '123456', '*'][die % 7] ?? '');
  } else if (next.kind === 'perform') {
    const { task } = next;
    const paths = {
      'find-methods': ['found', 'found', 'none', 'failed', 'locked'],
      'send-code': ['sent', 'unreachable', 'too-many', 'locked'],
      'verify-code': ['right', 'right', 'wrong', 'finished', 'error', 'blank', 'too-many', 'locked'],
      service: ['success', 'success', 'failed'],
    };
    const choices = paths[task.type] ?? [];
    const path = choices[die % choices.length] ?? '';
    if (task.type === 'verify-code' && path === 'right') talk.grants.add(task.account);
    const received = task.type === 'service' && path === 'success' ? Object.keys(task.receive) : [];
    talk.comesTo(path, {
      variables: Object.fromEntries(received.map((name) => [name, String(1111 * (die % 3))])),
      ...(path === 'found' ? { found: die % 2 === 0 ? [EMAIL] : [EMAIL, SMS] } : {}),
    });
  }
}

describe('what is proved holds for running calls', () => {
  it('a callflow without findings never leaves by success unverified, whatever the caller and the services do', () => {
    let proved = 0;
    fc.assert(
      fc.property(made, dice, (callflow, throws) => {
        const sources = sourcesOf(callflow);
        fc.pre(findsNothing(sources, [successProof, ...LOOPS]));
        proved += 1;
        const talk = new Talk(libraryOf(sources)).opens('line', { AccountNumber: '3333', Other: '1111' });
        for (const die of throws) if (talk.exit === null) anything(talk, die);
        // Nothing here leads to `error`: an unverified `success` is the only thing that becomes one.
        expect(talk.exit).not.toBe('error');
      }),
      { numRuns: 40, maxSkipsPerRun: 50 },
    );
    expect(proved).toBeGreaterThan(30);
  }, 120_000);

  it('and somebody who never presses a valid key is soon out of it, without a second round of codes', () => {
    fc.assert(
      fc.property(made, dice, (callflow, throws) => {
        const sources = sourcesOf(callflow);
        fc.pre(findsNothing(sources, LOOPS));
        const talk = new Talk(libraryOf(sources)).opens('line', { AccountNumber: '3333', Other: '1111' });
        const performed: string[] = [];
        for (const die of throws) {
          if (talk.exit !== null) break;
          if (talk.move.next.kind === 'perform') {
            performed.push(talk.block);
            anything(talk, die);
          } else if (die % 3 === 0) talk.presses('9');
          else talk.isSilent();
        }
        expect(talk.exit).not.toBeNull();
        expect(new Set(performed).size).toBe(performed.length);
      }),
      { numRuns: 40, maxSkipsPerRun: 50 },
    );
  }, 120_000);
});
