/** A wall clock that is set while calls go on (security.md 2): no code lives longer by it, and nobody is locked out. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { World } from '../support/world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const AGENT = '+12025550199';

const worlds: World[] = [];
afterAll(async () => {
  for (const world of worlds) await world.close();
});

async function worldWith(settings: Readonly<Record<string, string>> = {}): Promise<World> {
  const world = await World.open({ settings });
  worlds.push(world);
  return world;
}

/** A call in which a code has just been sent. */
async function asked(world: World, account: string): Promise<Caller> {
  return world.caller().dials('two-factor', { AccountNumber: account });
}

async function getsIn(world: World, caller: Caller): Promise<void> {
  await caller.presses(world.code);
  expect(await world.counts(caller)).toMatchObject({ exit: 'success', grants: 1 });
}

describe.each([
  ['an hour forwards', HOUR],
  ['a day forwards', DAY],
  ['an hour back', -HOUR],
  ['a day back', -DAY],
])('the clock is set %s', (_how, by) => {
  it('a code that was sent before is dead, its call and others go on, and new calls get in, also after a restart', async () => {
    const world = await worldWith();
    const waiting = await world.caller().dials('main');
    const afterwards = await asked(world, '1003');
    const caller = await asked(world, '1002');
    const old = world.code;
    world.clock.setForward(by);
    await world.sweep();
    await caller.presses(old);
    expect(caller.heard).toContain('cannot be used any more');
    expect(await world.counts(caller)).toMatchObject({ phase: 'active', sends: 2, attempts: 0, grants: 0 });
    await getsIn(world, caller);
    await waiting.presses('1001');
    await waiting.presses('2');
    await waiting.presses(world.code);
    expect(await world.counts(waiting)).toMatchObject({ sends: 1, grants: 1 });
    await getsIn(world, await asked(world, '1003'));

    await world.restarts();
    await afterwards.presses('123456');
    expect(afterwards.heard).toContain('cannot be used any more');
    await getsIn(world, afterwards);
  });
});

describe('the clock is set right again, after it was a day ahead', () => {
  it('an account that was locked meanwhile opens in half an hour', async () => {
    const world = await worldWith();
    for (const wrong of [3, 3, 3, 1]) {
      const caller = await asked(world, '1002');
      for (let n = 0; n < wrong; n++) await caller.presses(world.wrongCode);
    }
    world.clock.setBack(DAY);
    expect(await world.counts(await asked(world, '1002'))).toMatchObject({ exit: 'agent', sends: 0 });
    world.clock.advance(HOUR / 2 - 60_000);
    expect(await world.counts(await asked(world, '1002'))).toMatchObject({ exit: 'agent', sends: 0 });
    world.clock.advance(60_000);
    await getsIn(world, await asked(world, '1002'));
  });

  it('what all callers together are sent is refused for one window at most, and is never more', async () => {
    const world = await worldWith({ SENDS_PER_HOUR: '2' });
    for (const account of ['1002', '1003']) await getsIn(world, await asked(world, account));
    world.clock.setBack(DAY);
    expect((await asked(world, '1002')).dialled).toBe(AGENT);
    world.clock.advance(HOUR + 2 * 60_000);
    for (const account of ['1002', '1003']) await getsIn(world, await asked(world, account));
    expect((await asked(world, '1002')).dialled).toBe(AGENT);
  });
});
