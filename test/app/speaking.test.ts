/** Numbers that are said instead of typed, over signed HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open({
    edit: { 'callflows/main.yaml': [['digits: 4-12', 'digits: 4-12\n    input: dtmf speech']] },
  });
});
afterAll(() => world.close());

const ONE_THOUSAND_AND_TWO = { SpeechResult: 'One, double oh, two.', Confidence: '0.91' };

describe('an account number that may be said', () => {
  it('is listened for in the language of the call; codes stay with the keys', async () => {
    const caller = await world.caller().dials('main');
    expect(caller.gather.speech).toEqual({ language: 'en-US', only: false });
    await caller.go(caller.action, ONE_THOUSAND_AND_TWO);
    await caller.waits();
    expect(caller.heard).toMatch(/We emailed a code/);
    expect(caller.gather.speech).toBeUndefined();
    await caller.presses(world.code);
    expect(caller.heard).toMatch(/Your balance is \$52\.05/);
  });

  it('a repeat of the turn gets the stored reply, whatever was understood the second time', async () => {
    const caller = await world.caller().dials('main');
    const { action } = caller;
    const first = await caller.post(action, ONE_THOUSAND_AND_TWO);
    expect(await caller.post(action, { SpeechResult: 'one double oh three', Confidence: '0.5' })).toEqual(first);
    expect(await world.counts(caller)).toMatchObject({ sends: 1 });
  });

  it('a code that is said to a question for keys is no attempt', async () => {
    const caller = await world.caller().dials('main');
    await caller.presses('1002');
    await caller.go(caller.action, { SpeechResult: Array.from(world.code).join(' '), Confidence: '1.0' });
    expect(caller.heard).toMatch(/not the right number of digits/);
    expect(await world.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
  });

  it('stands neither in the log nor in the store', async () => {
    const caller = await world.caller().dials('main');
    const words = 'my account is 973184652073 please';
    await caller.go(caller.action, { SpeechResult: words, Confidence: '1.0' });
    expect(await world.leaks([{ code: '973184652073', to: words, report: words }])).toEqual([]);
    expect(world.log).toContain('"heard":"speech"');
  });
});
