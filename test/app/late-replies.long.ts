/** A store that answers too late: nobody waits for over five seconds, and what was done late counts once. */
import { afterAll, describe, expect, it } from 'vitest';
import { codeCallWorld, PersonCalled } from '../support/code-calls.ts';
import { World } from '../support/world.ts';

const LATE = 6_000;
const MOST = 5_000;

const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});

describe('a turn whose reply comes too late', () => {
  it.each([
    ['a wrong code', (world: World) => world.wrongCode, { attempts: 1, grants: 0, exit: null }],
    ['the right code', (world: World) => world.code, { attempts: 1, grants: 1, exit: 'success' }],
  ])(
    '%s: the caller hears an apology in time, and a repeat what came of it, counted once',
    async (_what, code, after) => {
      const world = await World.open();
      opened.push(world);
      const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
      const typed = { Digits: code(world) };
      world.storeDelays('saveTurn', LATE);
      const since = performance.now();
      const apology = await caller.post(caller.action, typed);
      expect(performance.now() - since).toBeLessThan(MOST);
      expect(apology.body).toContain('technical problem');
      const repeats = [await caller.post(caller.action, typed), await caller.post(caller.action, typed)];
      expect(repeats[0]?.body).not.toContain('technical problem');
      expect(repeats[1]).toEqual(repeats[0]);
      expect(await world.counts(caller)).toMatchObject(after);
    },
  );
});

it('a call that tells a code ends in time as well, and tells none', async () => {
  const calls = await codeCallWorld();
  opened.push(calls);
  await calls.world.caller().dials('two-factor', { AccountNumber: '1002' });
  const person = await new PersonCalled(calls).answers();
  calls.world.storeDelays('stepCodeCall', LATE);
  const since = performance.now();
  await person.presses('1');
  expect(performance.now() - since).toBeLessThan(MOST);
  expect(person.phone.body).toContain('<Response><Hangup/></Response>');
});
