import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage, webLinks, writePage } from '../../../src/adapters/channels/web/page-document.ts';
import type { Page } from '../../../src/core/contracts/pages.ts';
import { toVerbs, type Plan } from '../../../src/core/call/render.ts';
import type { Form, Listen, SpeechPart, Utterance } from '../../../src/core/call/verbs.ts';

const say = (prompt: string, ...parts: readonly (string | SpeechPart)[]): Utterance => ({
  prompt,
  parts: parts.map((part) => (typeof part === 'string' ? { kind: 'text', text: part } : part)),
  language: 'en-US',
});
const HELLO = say('hello', 'Hello.');
const FORM: Form = {
  block: 'choose',
  words: [HELLO, say('how.ask', 'How? ', ' Ending in ', { kind: 'digits', text: '56' })],
  options: [{ key: '1', name: 'sms', language: 'es-ES', parts: [{ kind: 'text', text: 'Por mensaje' }] }],
  entry: null,
};

function ask(form?: Form, rest: Partial<Listen> = {}): Plan {
  const listen = { keys: 6, finishOnKey: '#', wait: 12_000, ...(form === undefined ? {} : { form }), ...rest } as const;
  return { kind: 'ask', spoken: [HELLO], listen, leftover: false, nonce: 'n1' };
}

const left = (way: Extract<Plan, { kind: 'leave' }>['way']): Plan => ({
  kind: 'leave',
  spoken: [HELLO],
  way,
  reason: 'agent',
  verified: false,
  nonce: 'n1',
});

const pageOf = (plan: Plan): Page | null => readPage(writePage(toVerbs(plan, webLinks)));
const SAID = [{ prompt: 'hello', text: 'Hello.', language: 'en-US' }];

describe('a reply in the channel of the web', () => {
  it('is the question with its choices and its nonce', () => {
    expect(pageOf(ask(FORM))).toEqual({
      kind: 'ask',
      words: [...SAID, { prompt: 'how.ask', text: 'How? Ending in 56', language: 'en-US' }],
      form: {
        block: 'choose',
        options: [{ key: '1', name: 'sms', language: 'es-ES', text: 'Por mensaje' }],
        entry: null,
      },
      nonce: 'n1',
    });
  });

  it('has a field where a question comes without a form', () => {
    const form = { block: '', options: [], entry: { digits: 6, isCode: false } };
    expect(pageOf(ask())).toEqual({ kind: 'ask', words: SAID, form, nonce: 'n1' });
    expect(pageOf(ask(undefined, { keys: null }))).toMatchObject({ form: { entry: { digits: null } } });
  });

  it.each<[string, Plan, Page]>([
    [
      'a task that still runs',
      { kind: 'hold', spoken: [HELLO], nonce: 'n1' },
      { kind: 'hold', words: SAID, nonce: 'n1' },
    ],
    ['a turn that is elsewhere', { kind: 'redirect', url: webLinks.turn('n2') }, { kind: 'moved', nonce: 'n2' }],
    [
      'a start that is still being answered',
      { kind: 'redirect', url: webLinks.start('web-sign-in', []) },
      { kind: 'hold', words: [], nonce: '' },
    ],
    ['the end', { kind: 'hang-up', spoken: [HELLO] }, { kind: 'end', words: SAID }],
    ['an exit', left({ kind: 'hang-up' }), { kind: 'end', words: SAID }],
    ['an exit that dials: a page cannot', left({ kind: 'dial', to: '+12025550199' }), { kind: 'end', words: SAID }],
    ['a queue', left({ kind: 'queue', queue: 'help' }), { kind: 'end', words: SAID }],
    [
      'another application',
      left({ kind: 'redirect', url: 'https://elsewhere.example/' }),
      { kind: 'end', words: SAID },
    ],
  ])('is a page for %s', (_what, plan, page) => {
    expect(pageOf(plan)).toEqual(page);
  });

  it('holds no words but those that are shown', () => {
    expect(writePage(toVerbs(ask(FORM), webLinks)).body).not.toContain('parts');
  });
});

describe('a document from the store', () => {
  it.each([
    ['another channel', { type: 'text/xml; charset=utf-8', body: '<Response/>' }],
    ['no JSON', { type: 'application/json', body: '{' }],
    ['another kind', { type: 'application/json', body: '{"kind":"pass"}' }],
    ['more than there should be', { type: 'application/json', body: '{"kind":"end","words":[],"verified":true}' }],
    ['a key that no page has', { type: 'application/json', body: keyed('55') }],
  ])('of %s is no page', (_what, reply) => {
    expect(readPage(reply)).toBeNull();
  });

  it('is a page with the keys of a telephone', () => {
    for (const key of '0123456789*#') expect(readPage({ type: 'application/json', body: keyed(key) })).not.toBeNull();
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (body) => {
        const page = readPage({ type: 'application/json', body });
        expect(page === null || typeof page.kind === 'string').toBe(true);
      }),
    );
  });
});

function keyed(key: string): string {
  const form = { block: 'a', options: [{ key, name: 'b', text: 'c', language: 'en-US' }], entry: null };
  return JSON.stringify({ kind: 'ask', words: [], form, nonce: 'n' });
}
