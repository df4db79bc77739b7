/** The authenticator of the demo company's account 1005, over a real store. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { beginOf, codeOf, stepAt } from '../../../src/adapters/codes/totp.ts';
import { demoApplication } from '../../../src/cli/serve/demo-application.ts';
import { temporaryStore } from '../../adapters/stores/temporary-store.ts';
import {
  challengeOf,
  chargeKey,
  claimOf,
  consumeOf,
  fresh,
  START,
  T0,
  take,
  type Opened,
} from '../../contracts/store/caller.ts';

const STEP = 30_000;
let opened: Opened;
let now: number;
beforeEach(async () => {
  opened = await temporaryStore();
  now = beginOf(stepAt(T0)) + 1_000;
});
afterEach(() => opened.remove());

const made = () => demoApplication({ store: opened.store, account: '1005', now: () => now });
const enrolled = () => opened.store.authenticatorsOf('1005');

/** A call in which the code of this step let somebody in. */
async function uses(step: number): Promise<void> {
  const { store } = opened;
  const call = fresh('CA');
  const challenge = challengeOf({ call, account: '1005', method: 'authenticator' });
  await take(store, claimOf(START, { call }));
  await store.openChallenge(challenge);
  const [authenticator = ''] = (await enrolled()).map(({ id }) => id);
  const proof = { authenticator, step };
  const consume = consumeOf(challenge.id, { key: chargeKey({ call }), account: '1005', proof });
  expect(await store.consumeChallenge(consume)).toEqual({ kind: 'granted' });
}

describe('the authenticator of the demo company', () => {
  it('is enrolled once, and a second start finds the same', async () => {
    const code = await (await made()).present();
    expect(await (await made()).present()).toEqual(code);
    expect(await enrolled()).toHaveLength(1);
  });

  it('shows the code of now; after it was used the next one; after both none until the step is over', async () => {
    const application = await made();
    const [{ secret } = { secret: null }] = await enrolled();
    const step = stepAt(now);
    const codeIn = (steps: number) => codeOf(secret ?? new Uint8Array(), step + steps);
    expect(await application.present()).toEqual({ code: codeIn(0), from: beginOf(step) });
    await uses(step);
    expect(await application.present()).toEqual({ code: codeIn(1), from: beginOf(step) });
    await uses(step + 1);
    expect(await application.present()).toEqual({ code: null, from: beginOf(step + 1) });
    now = beginOf(step + 1);
    expect(await application.present()).toEqual({ code: codeIn(2), from: beginOf(step + 1) });
    now += 5 * STEP;
    expect(await application.present()).toEqual({ code: codeIn(6), from: beginOf(step + 6) });
  });

  it('shows nothing once it is revoked; the next start enrols another', async () => {
    const application = await made();
    for (const { id } of await enrolled()) await opened.store.revokeAuthenticator(id, now);
    expect(await application.present()).toBeNull();
    expect(await (await made()).present()).toMatchObject({ code: expect.stringMatching(/^\d{6}$/) });
  });
});
