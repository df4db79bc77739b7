import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TWO_FACTOR } from '../../../src/core/callflow/builtin/two-factor.ts';
import { eject } from '../../../src/core/callflow/eject.ts';
import { loadCallflow } from '../../../src/core/callflow/load.ts';
import { EMAIL, findingsOf, libraryOf, load, shippedSources, SMS, Talk } from '../support.ts';

const PLAIN = 'callflow: two-factor\nuse: builtin/two-factor\n';
const CHANGED = `# Ours: eight digits, and one try more.
callflow: two-factor
use: builtin/two-factor
title: Signing in to the line
settings:
  methods: [sms, email]
  code: { digits: 8, after-wrong-code: new-code }
  limits:
    sends: { most: 2 }
    attempts-per-code: { most: 4, then: error }
  wait: 10s
services:
  contact-methods: { timeout: 5s }
exits:
  agent: { dial: "+12025550177" }
`;

const callflowOf = (text: string) => loadCallflow({ file: 'two-factor.yaml', text }, {});

function libraryWith(text: string) {
  const shipped = shippedSources();
  const callflows = shipped.callflows.map((each) => (each.file.includes('two-factor') ? { ...each, text } : each));
  expect(load({ ...shipped, callflows }).findings).toEqual([]);
  return libraryOf({ ...shipped, callflows });
}

describe('a callflow that only has settings', () => {
  it('is the callflow that comes with Dialproof', () => {
    expect(readFileSync('callflows/two-factor.yaml', 'utf8')).toBe(TWO_FACTOR);
    expect({ ...callflowOf(PLAIN).callflow, uses: null }).toEqual(callflowOf(TWO_FACTOR).callflow);
  });

  it('puts its settings over the others, name by name, and its exits in their place', () => {
    const { callflow } = callflowOf(CHANGED);
    expect(callflow?.settings).toMatchObject({
      methods: ['sms', 'email'],
      code: { digits: 8, lasts: 300_000, 'after-wrong-code': 'new-code' },
      limits: { sends: { most: 2, then: 'agent' }, 'attempts-per-code': { most: 4, then: 'error' } },
    });
    expect(callflow?.services['contact-methods']).toMatchObject({ timeout: 5_000, send: ['AccountNumber'] });
    expect(callflow?.exits['agent']).toEqual({ does: 'dial', to: '+12025550177' });
    expect(callflow?.exits['error']).toMatchObject({ say: 'technical-problem' });
    expect(callflow?.title).toBe('Signing in to the line');
  });

  it.each([
    ['blocks of its own', `${PLAIN}blocks: { hello: { say: goodbye, next: agent } }\n`, '3:1  error CF106'],
    ['a start of its own', `${PLAIN}start: hello\n`, '3:1  error CF106'],
    [
      'a callflow that there is not',
      PLAIN.replace('two-factor\n', 'two-facter\n').replace('builtin/two-factor', 'builtin/two-facter'),
      '2:6  error CF102',
    ],
    ['a name that is missing', 'use: builtin/two-factor\n', '1:1  error CF103'],
    ['a setting that is mistyped', `${PLAIN}settings: { cod: { digits: 8 } }\n`, '3:13  error CF101'],
    ['a target that is none', `${PLAIN}settings: { no-method: agnet }\n`, '3:24  error CF201'],
    [
      'an exit that leads nowhere, where the built-in settings name it',
      `${PLAIN}exits: { agent: { returns: other } }\n`,
      '3:28  error CF203',
    ],
  ])('is told of %s at its own line', (_what, text, found) => {
    expect(findingsOf(text).split('\n')[0]).toContain(`x.yaml:${found}`);
  });

  it('speaks its own wording over that of the callflow that it uses', () => {
    const shipped = shippedSources();
    const library = libraryOf({
      callflows: [
        ...shipped.callflows,
        { file: 'sign-in.yaml', text: PLAIN.replace('callflow: two-factor', 'callflow: sign-in') },
      ],
      prompts: [
        ...shipped.prompts,
        {
          file: 'prompts/en-US/sign-in.yaml',
          text: 'locale: en-US\nprompts: { greeting: "Hello there." }\n',
          locale: 'en-US',
          callflow: 'sign-in',
        },
      ],
    });
    const talk = new Talk(library).opens('sign-in', { AccountNumber: '1001' }).finds(EMAIL, SMS);
    expect(talk.words).toMatch(/^Hello there\. \| How would you like to get your code\?/);
    expect([...(library.flow('sign-in')?.wordings.keys() ?? [])]).toEqual(['en-US', 'es-ES']);
  });
});

describe('eject', () => {
  it('writes the file that comes with Dialproof, where nothing was changed', () => {
    expect(eject(PLAIN)).toBe(TWO_FACTOR);
  });

  it('keeps what was changed, and the comments of the blocks', () => {
    const text = eject(CHANGED) ?? '';
    expect({ ...callflowOf(CHANGED).callflow, uses: null }).toEqual(callflowOf(text).callflow);
    expect(text).toContain('# one verified method: no question is asked');
    expect(text).toContain('then: error');
  });

  it('has nothing to write where the blocks are there', () => {
    expect(eject(TWO_FACTOR)).toBeNull();
  });

  it('changes nothing for callers: the same call over both sounds the same, word for word', () => {
    const [settingsOnly, ejected] = [libraryWith(CHANGED), libraryWith(eject(CHANGED) ?? '')];
    fc.assert(
      fc.property(fc.array(fc.nat(99), { minLength: 25, maxLength: 25 }), (dice) => {
        const talks = [settingsOnly, ejected].map((library) => new Talk(library).opens('main'));
        for (const die of dice) {
          for (const talk of talks) if (talk.exit === null) anything(talk, die);
          const [one, other] = talks.map((talk) => [talk.hears, talk.words, talk.exit, talk.block, talk.move.next]);
          expect(withoutRevision(one)).toEqual(withoutRevision(other));
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Names of revisions are all that may differ. */
function withoutRevision(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner: unknown) => (key === 'revision' ? '' : inner)));
}

function anything(talk: Talk, die: number): void {
  const { next } = talk.move;
  if (next.kind === 'listen') {
    if (die < 10) talk.isSilent();
    else talk.presses(['1', '2', '3', '*', '0', '1001', '12345678', '1234'][die % 8] ?? '');
    return;
  }
  if (next.kind !== 'perform') return;
  const paths: Readonly<Record<string, readonly string[]>> = {
    'find-methods': ['found', 'found', 'found', 'none', 'failed', 'locked'],
    'send-code': ['sent', 'sent', 'sent', 'unreachable', 'rejected', 'error', 'too-many', 'locked'],
    'verify-code': ['right', 'wrong', 'wrong', 'finished', 'error', 'blank', 'too-many', 'no-send-left', 'locked'],
  };
  const choices = paths[next.task.type] ?? ['failed'];
  const path = choices[die % choices.length] ?? '';
  if (path === 'right' && 'account' in next.task) talk.grants.add(next.task.account);
  talk.comesTo(path, path === 'found' ? { found: die % 2 === 0 ? [SMS] : [SMS, EMAIL] } : {});
}
