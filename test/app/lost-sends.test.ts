/** A process that dies in the middle of a send, or a store that fails once, at each operation. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LEASE } from '../../src/app/limits.ts';
import type { Caller } from '../support/caller.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World } from '../support/world.ts';

let status = 200;
let received = 0;
let gateway: StubServer;
let world: World;
beforeAll(async () => {
  gateway = await httpStub((response) => {
    received += 1;
    response.writeHead(status).end();
  });
  const settings = { SMS_URL: gateway.url, SMS_REQUEST_BODY: '{{text}}', SERVICE_HOSTS: gateway.host };
  world = await World.open({ settings });
});
afterAll(async () => {
  await world.close();
  await gateway.close();
});

/** A call whose first code could not be sent, and is asked whether to try again. */
async function notSent(): Promise<Caller> {
  status = 503;
  const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
  status = 200;
  received = 0;
  expect(caller.heard).toContain('we could not send your code');
  return caller;
}

describe('a send whose process dies', () => {
  it.each([1, 2, 3, 4, 5, 6])(
    'after %i operations goes out once at most, and the next wish brings another code',
    async (operations) => {
      const caller = await notSent();
      const { action } = caller;
      await world.dies(operations, () => caller.post(action, { Digits: '1' }));
      const before = received;
      world.clock.advance(LEASE + 100);
      await caller.presses('1');
      expect(received).toBeLessThanOrEqual(1);
      if (caller.heard.includes('We sent a code by text message')) return;
      expect(caller.heard).toContain('we could not send your code');
      expect(received).toBe(before);
      await caller.presses('1');
      expect(caller.heard).toContain('We sent a code by text message');
      expect(caller.heard).not.toContain('on its way');
      expect(received).toBe(before + 1);
      expect(await world.counts(caller)).toMatchObject({ sends: 3 });
    },
  );
});

describe('a send whose store fails', () => {
  const faults = [0, 1, 2, 3, 4, 5].flatMap((after) =>
    [false, true].flatMap((isDone) => [200, 503].map((answers) => [after, isDone, answers] as const)),
  );

  it.each(faults)(
    'after %i operations (the next one is done: %s) is not told to be on its way, whether or not the gateway took it: %i',
    async (after, isDone, answers) => {
      const caller = await notSent();
      status = answers;
      await world.storeFails({ after, isDone }, async () => void (await caller.presses('1')));
      if (!caller.heard.includes('we could not send your code')) return;
      await caller.presses('1');
      expect(caller.heard).not.toContain('on its way');
    },
  );
});
