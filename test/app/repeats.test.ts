import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Caller } from '../support/caller.ts';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open({ edit: { 'callflows/two-factor.yaml': [['spacing: 20s', 'spacing: 0']] } });
});
afterAll(() => world.close());

let accounts = 300_000;

/** What a caller does at a question. */
const deed = fc.constantFrom('right', 'wrong', 'silent', 'star, new code', 'unknown key', 'half a code');
/** How often each webhook arrives, and whether all at once. */
const delivery = fc.record({ times: fc.integer({ min: 1, max: 5 }), together: fc.boolean() });

type Delivery = { readonly times: number; readonly together: boolean };

/** Delivers a webhook several times; all answers must be the same bytes. */
async function deliver(
  caller: Caller,
  webhook: { readonly url: string; readonly parameters: Readonly<Record<string, string>> },
  { times, together }: Delivery,
): Promise<void> {
  const once = (n: number): Promise<Answer> =>
    caller.post(webhook.url, webhook.parameters, { idempotency: `token-${n % 2}` });
  const answers: Answer[] = [];
  if (together) answers.push(...(await Promise.all(Array.from({ length: times }, (_, n) => once(n)))));
  else for (let n = 0; n < times; n++) answers.push(await once(n));
  expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
  expect(answers[0]?.status).toBe(200);
  caller.body = answers[0]?.body ?? '';
}

async function act(caller: Caller, what: string, by: Delivery): Promise<void> {
  const keys = (digits: string): Promise<void> =>
    deliver(caller, { url: caller.action, parameters: { Digits: digits } }, by);
  switch (what) {
    case 'right':
      return keys(world.code);
    case 'wrong':
      return keys(world.wrongCode);
    case 'silent':
      return deliver(caller, { url: caller.redirect, parameters: {} }, by);
    case 'unknown key':
      return keys('9');
    case 'half a code':
      return keys('123');
    case 'star, new code':
      await keys('*');
      return caller.body.includes('<Gather') ? keys('2') : undefined;
  }
}

/** The same call with every webhook delivered as `deliveries` say; its counts at the end. */
async function callOf(deeds: readonly string[], deliveries: readonly Delivery[]): Promise<object> {
  const caller = world.caller();
  accounts += 1;
  const by = (n: number): Delivery => deliveries[n % Math.max(1, deliveries.length)] ?? { times: 1, together: false };
  await deliver(caller, { url: `/voice/two-factor?AccountNumber=9${accounts}`, parameters: {} }, by(0));
  for (const [n, what] of deeds.entries()) {
    if (!caller.body.includes('<Gather')) break;
    await act(caller, what, by(n + 1));
  }
  const { sends, attempts, turns, exit, grants, messages } = await world.counts(caller);
  return { sends, attempts, turns, exit, grants, messages: messages.length };
}

describe('a platform that delivers webhooks more than once', () => {
  it('every request repeated 1 to 5 times, also in parallel: the same bytes, and the counts of a call without repeats', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(deed, { minLength: 1, maxLength: 6 }),
        fc.array(delivery, { minLength: 1, maxLength: 7 }),
        async (deeds, deliveries) => {
          const disturbed = await callOf(deeds, deliveries);
          const calm = await callOf(deeds, []);
          expect(disturbed).toEqual(calm);
        },
      ),
      { numRuns: 12, endOnFailure: true },
    );
  }, 60_000);
});
