/** What is left of a code once its account was locked, and an operator has opened it again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open({
    edit: {
      'callflows/two-factor.yaml': [
        ['attempts-per-code: { most: 3, then: agent }', 'attempts-per-code: { most: 5, then: agent }'],
        // Who is locked is asked once more, so that the call goes on.
        ['locked:            { then: agent }', 'locked:            { then: wrong-code }'],
      ],
    },
  });
});
afterAll(() => world.close());

describe('the code that was tried when the account was locked', () => {
  it('is void: it lets nobody in after `lock reset` either', async () => {
    const account = '9400001';
    for (const wrong of [5, 4]) {
      const caller = await world.caller().dials('two-factor', { AccountNumber: account });
      for (let n = 0; n < wrong; n++) await caller.presses(world.wrongCode);
    }
    const caller = await world.caller().dials('two-factor', { AccountNumber: account });
    const { code } = world;
    await caller.presses(world.wrongCode);
    expect(await world.counts(caller)).toMatchObject({ exit: null, attempts: 1 });
    await world.opensAccount(account);
    await caller.presses(code);
    expect(await world.counts(caller)).toMatchObject({ grants: 0, attempts: 1 });
  });
});
