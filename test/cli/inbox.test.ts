import { describe, expect, it } from 'vitest';
import { inbox } from '../../src/cli/call/inbox.ts';
import type { DemoCall } from '../../src/cli/call/demo-api.ts';

function callWith(codes: readonly (string | null)[], sends = codes.length): DemoCall {
  const messages = codes.map((code) => ({ method: 'sms' as const, to: '***56', text: `${code}`, code }));
  return { exit: null, sends, attempts: 0, messages };
}

const codesOf = (messages: DemoCall['messages']) => messages.map(({ code }) => code);

/** An inbox that is seen in these states one after the other; the last stays. */
function inboxOf(...states: readonly (DemoCall | null)[]) {
  let reads = 0;
  let waited = 0;
  const box = inbox({
    read: async () => states[Math.min(reads++, states.length - 1)] ?? null,
    wait: async (ms) => (waited += ms),
  });
  return { ...box, waited: () => waited };
}

describe('codes that a scripted caller types', () => {
  it.each<[string, 'code' | 'old' | 'wrong', readonly string[], string]>([
    ['{code} is the newest', 'code', ['111111', '222222'], '222222'],
    ['{old} is the one before it', 'old', ['111111', '222222', '333333'], '222222'],
    ['{wrong} is as long as the newest', 'wrong', ['1289'], '2390'],
    ['{wrong} is none of this call', 'wrong', ['222222', '111111'], '333333'],
    ['{wrong} before any code is as long as the question asks', 'wrong', [], '00000000'],
  ])('%s', async (_rule, which, codes, typed) => {
    expect(await inboxOf(callWith(codes)).codes(which, 8)).toBe(typed);
  });

  it('messages without a code are passed over', async () => {
    expect(await inboxOf(callWith(['111111', null], 1)).codes('code', 6)).toBe('111111');
  });

  it('{code} waits for a message that is on its way', async () => {
    const { codes, waited } = inboxOf(callWith([], 1), callWith([], 1), callWith(['111111']));
    expect(await codes('code', 6)).toBe('111111');
    expect(waited()).toBe(100);
  });

  it('{code} again is the newer one, and waits for it', async () => {
    const { codes } = inboxOf(callWith(['111111']), callWith(['111111'], 2), callWith(['111111', '222222']));
    expect([await codes('code', 6), await codes('code', 6)]).toEqual(['111111', '222222']);
  });

  it('{code} again is the same one, at once, when no other was sent', async () => {
    const { codes, waited } = inboxOf(callWith(['111111']));
    expect([await codes('code', 6), await codes('code', 6), waited()]).toEqual(['111111', '111111', 0]);
  });

  it('waits no longer than 5 s: the send may have failed', async () => {
    const { codes, waited } = inboxOf(callWith(['111111']), callWith(['111111'], 2));
    expect([await codes('code', 6), await codes('code', 6), waited()]).toEqual(['111111', '111111', 5000]);
  });

  it.each<[string, 'code' | 'old', DemoCall | null, string]>([
    ['no code has come', 'code', callWith([], 1), 'The caller should type {code}, and no code has come in this call.'],
    [
      'there is no older one',
      'old',
      callWith(['1']),
      'The caller should type {old}, and only one code has come in this call.',
    ],
    ['there is no demo', 'code', null, 'The server has no demo inbox, or it does not know this call.'],
  ])('says so when %s', async (_what, which, state, message) => {
    await expect(inboxOf(state).codes(which, 6)).rejects.toMatchObject({ code: 'code-not-found', message });
  });
});

/** A call that asks for the code of an authenticator, after so many other codes. */
function asksApplication(code: string | null, sent: readonly string[] = []): DemoCall {
  const { messages, ...call } = callWith(sent, sent.length + 1);
  return { ...call, messages: [...messages, { method: 'authenticator', to: '', text: `shows ${code}`, code }] };
}

describe('codes of an authenticator', () => {
  it('{code} is what it shows, each time, without waiting', async () => {
    const { codes, waited } = inboxOf(asksApplication('111111', ['999999']), asksApplication('222222', ['999999']));
    expect([await codes('code', 6), await codes('code', 6), waited()]).toEqual(['111111', '222222', 0]);
  });

  it('{wrong} is not what it shows', async () => {
    expect(await inboxOf(asksApplication('111111')).codes('wrong', 6)).toBe('222222');
  });

  it('{code} waits for the next one where those of now were used in other calls', async () => {
    const used = Array.from({ length: 500 }, () => asksApplication(null));
    const { codes, waited } = inboxOf(...used, asksApplication('333333'));
    expect([await codes('code', 6), waited()]).toEqual(['333333', 25_000]);
  });

  it('{code} is not waited for longer than a step', async () => {
    const { codes, waited } = inboxOf(asksApplication(null));
    await expect(codes('code', 6)).rejects.toMatchObject({ code: 'code-not-found' });
    expect(waited()).toBe(32_000);
  });

  it('arrives once each time that the call begins to ask for it', async () => {
    const states = [asksApplication('1'), asksApplication('2'), callWith(['3']), asksApplication('4', ['3'])];
    const { arrivals } = inboxOf(...states);
    const seen = [];
    for (let look = 0; look < states.length; look++) seen.push(codesOf(await arrivals()));
    expect(seen).toEqual([['1'], [], ['3'], ['4']]);
  });
});

describe('what arrives', () => {
  it('is told once, oldest first', async () => {
    const { arrivals, all } = inboxOf(callWith(['1']), callWith(['1', '2', '3']));
    expect([codesOf(await arrivals()), codesOf(await arrivals()), codesOf(await arrivals())]).toEqual([
      ['1'],
      ['2', '3'],
      [],
    ]);
    expect(codesOf(await all())).toEqual(['1', '2', '3']);
  });

  it('nothing, without a demo', async () => {
    expect(await inboxOf(null).arrivals()).toEqual([]);
  });
});
