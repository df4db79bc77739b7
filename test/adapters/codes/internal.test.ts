import * as fc from 'fast-check';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createInternalCodes, makeCode } from '../../../src/adapters/codes/internal.ts';
import type { SendCode, VerifyCode } from '../../../src/core/call/tasks.ts';
import { readWording } from '../../../src/core/call/wording.ts';
import type { CodeProvider } from '../../../src/core/contracts/code-provider.ts';
import type { Delivery, Message } from '../../../src/core/contracts/delivery.ts';
import type { CodeBinding, Keyring } from '../../../src/core/contracts/keyring.ts';

const keyring = (key: string): Keyring => ({
  mac: (purpose, parts) =>
    createHmac('sha256', key)
      .update(JSON.stringify([purpose, ...parts]))
      .digest('base64url'),
});

/** Takes every message, and keeps it. */
class Postbox implements Delivery {
  readonly method = 'email';
  readonly messages: Message[] = [];
  canonical(destination: string): string {
    return destination;
  }
  deliver(message: Message): Promise<{ readonly outcome: 'sent' }> {
    this.messages.push(message);
    return Promise.resolve({ outcome: 'sent' });
  }
}

const postbox = new Postbox();
const codes = createInternalCodes({ keyring: keyring('pepper'), deliveries: new Map([['email', postbox]]) });
const binding: CodeBinding = { challenge: 'c1', call: 'CA1', account: '1001', method: 'email' };

const task: SendCode = {
  type: 'send-code',
  account: '1001',
  method: 'email',
  destination: 'ana@example.test',
  code: { madeBy: 'internal', digits: 6, lasts: 300_000, attempts: 3 },
  service: null,
  sendForAuthenticator: false,
  statuses: {},
  most: 3,
  spacing: 0,
  from: 'bank@example.test',
  subject: 'Your code',
  wording: { callflow: 'two-factor', locale: 'en-US' },
};
const wording = readWording('{code}', 'en-US');

const tried: VerifyCode = {
  type: 'verify-code',
  account: '1001',
  madeBy: 'internal',
  candidates: [],
  service: null,
  parameter: 'authCode_nbest1',
  statuses: {},
  afterWrong: 'ask-again',
  mostSends: 3,
  holder: { contacts: [], wording: { callflow: 'two-factor', locale: 'en-US' } },
};

/** A code that was sent, and what is kept of it. */
async function sent(): Promise<{ readonly code: string; readonly mac: string }> {
  const prepared = codes.prepare(task, wording);
  await prepared?.send('report');
  return { code: postbox.messages.at(-1)?.text ?? '', mac: prepared?.mac(binding) ?? '' };
}

async function verdict(code: string, mac: string, by: { provider?: CodeProvider; binding?: CodeBinding } = {}) {
  const challenge = { id: 'c1', method: 'email', mac, issuedAt: 0, expiresAt: 1 } as const;
  const judged = await (by.provider ?? codes).judge({ task: tried, code, binding: by.binding ?? binding, challenge });
  return judged.verdict;
}

describe('codes we make ourselves', () => {
  it.each([4, 6, 10])('G62: have %i decimal digits', (digits) => {
    const made = Array.from({ length: 200 }, () => makeCode(digits));
    expect(made.filter((code) => !/^\d+$/.test(code) || code.length !== digits)).toEqual([]);
  });

  it('begin with every digit, zero included', () => {
    const first = new Set(Array.from({ length: 1_000 }, () => makeCode(6)[0]));
    expect(first).toEqual(new Set('0123456789'));
  });

  it('are right for what they were made for', async () => {
    const { code, mac } = await sent();
    expect(code).toMatch(/^\d{6}$/);
    expect(await verdict(code, mac)).toBe('right');
  });

  it.each([
    ['challenge', { challenge: 'c2' }],
    ['call', { call: 'CA2' }],
    ['account', { account: '1002' }],
    ['method', { method: 'sms' }],
  ] as const)('are wrong for another %s', async (_what, change) => {
    const { code, mac } = await sent();
    expect(await verdict(code, mac, { binding: { ...binding, ...change } })).toBe('wrong');
  });

  it('are wrong under another key', async () => {
    const { code, mac } = await sent();
    const provider = createInternalCodes({ keyring: keyring('other'), deliveries: new Map() });
    expect(await verdict(code, mac, { provider })).toBe('wrong');
  });

  it.each([
    '',
    '12345',
    '0123456',
    '012345012345',
    '０１２３４５',
    '012345\0',
    ' 012345',
    '+12345',
    '%00',
    '\u{d800}',
    '9'.repeat(10_000),
  ])('an entry of %j is wrong and no error', async (entry) => {
    expect(await verdict(entry, (await sent()).mac)).toBe('wrong');
  });

  it.each(['', 'x', '\u{d800}', 'é'.repeat(43)])('a kept hash of %j matches nothing and is no error', async (kept) => {
    expect(await verdict('012345', kept)).toBe('wrong');
  });

  it('only the very code is right', async () => {
    const entry = fc.integer({ min: 0, max: 999_999 }).map((n) => String(n).padStart(6, '0'));
    await fc.assert(
      fc.asyncProperty(entry, async (entered) => {
        const { code, mac } = await sent();
        expect(await verdict(entered, mac)).toBe(entered === code ? 'right' : 'wrong');
      }),
    );
  });

  it('cannot be sent by a method without a delivery, nor without words', () => {
    expect(codes.prepare({ ...task, method: 'sms' }, wording)).toBeNull();
    expect(codes.prepare(task, undefined)).toBeNull();
  });
});
