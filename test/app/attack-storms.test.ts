/** Requests in any order and at the same moment, of somebody who holds the platform's token but never the right code. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { World } from '../support/world.ts';

const ROUNDS = 12;
const AT_ONCE = 4;

let world: World;
beforeAll(async () => {
  const edit = { 'callflows/two-factor.yaml': [['spacing: 20s', 'spacing: 0']] } as const;
  world = await World.open({ edit });
});
afterAll(() => world.close());

/** Numbers from 0 to `most` less one, the same ones for the same seed. */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

type Request = readonly [url: string, parameters: Readonly<Record<string, string>>];

/** Mostly guesses and wishes for a new code at the newest question, among all that may come at an address of the call. */
function anyRequest(urls: readonly string[], roll: (most: number) => number): Request {
  const url = urls[roll(3) === 0 ? roll(urls.length) : urls.length - 1] ?? '';
  if (roll(12) > 0) {
    const keys = ['*', '2', '1', world.wrongCode, world.wrongCode, String(roll(1_000_000)).padStart(6, '0')];
    // A guess of one in a million is right by chance, and none of those that are made here are.
    const Digits = keys[roll(keys.length)] ?? '';
    return [url, { Digits: Digits === world.code ? world.wrongCode : Digits }];
  }
  const odd: readonly Request[] = [
    [url, { Digits: world.wrongCode.slice(0, 3) }],
    [url, { SpeechResult: world.wrongCode, Confidence: '1' }],
    [url, { DialCallStatus: 'completed' }],
    [url, {}],
    ['/voice/fallback', { ErrorUrl: url, ErrorCode: '11200', Digits: world.wrongCode }],
    ['/voice/two-factor?AccountNumber=1002', {}],
    [`/voice/two-factor?AccountNumber=9${roll(1_000)}`, {}],
  ];
  return odd[roll(odd.length)] ?? [url, {}];
}

/** The silence first, the answer last. */
function turnsIn(body: string): readonly string[] {
  return (body.match(/http[^"<]*\/voice\/turn\/[\w-]+(?:\?silence=1)?/g) ?? []).reverse();
}

async function storm(caller: Caller, roll: (most: number) => number): Promise<void> {
  const start = `/voice/two-factor?AccountNumber=9${roll(1_000_000)}`;
  const { body: first } = await caller.post(start);
  const urls = [start, ...turnsIn(first)];
  for (let round = 0; round < ROUNDS; round++) {
    const requests = Array.from({ length: AT_ONCE }, () => anyRequest(urls, roll));
    const answers = await Promise.all(requests.map(([url, parameters]) => caller.post(url, parameters)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    for (const { body } of answers)
      urls.push(...(body.match(/http[^"<]*\/voice\/turn\/[\w-]+(?:\?silence=1)?/g) ?? []));
    urls.splice(0, Math.max(0, urls.length - 12));
  }
}

describe('storms of requests without the right code', () => {
  it('G51 G53: let nobody in, send no more than allowed and try no code too often', async () => {
    const roll = dice(20_260_101);
    let tried = 0;
    for (let call = 0; call < 6; call++) {
      const caller = world.caller();
      const before = world.codesSent;
      await storm(caller, roll);
      const counts = await world.counts(caller);
      expect(counts.grants).toBe(0);
      expect(counts.sends).toBeLessThanOrEqual(3);
      expect(world.codesSent - before).toBeLessThanOrEqual(counts.sends);
      expect(counts.attempts).toBeLessThanOrEqual(3 * counts.sends);
      tried += counts.attempts;
    }
    expect(tried).toBeGreaterThan(0);
  });
});
