import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { World } from '../support/world.ts';

/** The same callflow twice: with all its blocks, and with settings only. */
let whole: World;
let short: World;
beforeAll(async () => {
  whole = await World.open();
  short = await World.open({
    files: { 'callflows/two-factor.yaml': 'callflow: two-factor\nuse: builtin/two-factor\n' },
  });
});
afterAll(() => Promise.all([whole.close(), short.close()]));

const SCENARIOS: readonly (readonly [string, (caller: Caller, world: World) => Promise<unknown>])[] = [
  ['the right code', async (caller, world) => caller.presses(world.code)],
  [
    'three wrong codes',
    async (caller, world) => {
      for (let n = 0; n < 3; n++) await caller.presses(world.wrongCode);
    },
  ],
  [
    'a code that has run out, and the new one',
    async (caller, world) => {
      const old = world.code;
      world.clock.advance(6 * 60_000);
      await caller.presses(old);
      await caller.presses(world.code);
    },
  ],
  [
    'more time, another way, a new code',
    async (caller, world) => {
      world.clock.advance(30_000);
      await caller.presses('*');
      await caller.presses('1');
      await caller.presses('*');
      await caller.presses('3');
      await caller.presses('1');
      await caller.presses(world.code);
    },
  ],
  [
    'silence',
    async (caller) => {
      for (let n = 0; n < 3; n++) await caller.isSilent();
    },
  ],
];

describe('`use: builtin/two-factor` behaves like all the blocks of it', () => {
  it.each(SCENARIOS)('%s', async (_what, scenario) => {
    const [one, other] = await Promise.all([whole, short].map((world) => run(world, scenario)));
    expect(one).toEqual(other);
    expect(one?.heard.length).toBeGreaterThan(2);
  });
});

async function run(world: World, scenario: (caller: Caller, world: World) => Promise<unknown>) {
  const caller = world.caller();
  const heard: string[] = [];
  const go = caller.go.bind(caller);
  caller.go = async (...request) => {
    const after = await go(...request);
    heard.push(caller.heard);
    return after;
  };
  await caller.dials('two-factor', { AccountNumber: '1001' });
  await caller.presses('2');
  await scenario(caller, world);
  const { phase, exit, sends, attempts, grants } = await world.counts(caller);
  return { heard, counts: { phase, exit, sends, attempts, grants } };
}
