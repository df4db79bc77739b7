import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

/** Platforms differ in what they post where no key was pressed, and some post it to the action. */
describe('an empty result of a Gather, with empty Digits or without', () => {
  it.each(['redirect', 'action'] as const)('means the same at its %s', async (place) => {
    const results = [{}, { Digits: '' }, { Digits: '', FinishedOnKey: '#' }, { FinishedOnKey: '#' }];
    const heard = await Promise.all(
      results.map(async (result) => {
        const caller = await world.caller().dials('main');
        await caller.go(caller[place], result);
        return caller.heard;
      }),
    );
    expect(heard[0]).toMatch(/./);
    expect(new Set(heard).size).toBe(1);
  });
});
