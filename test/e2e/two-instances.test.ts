/** Two instances on one PostgreSQL; what takes longer is in two-instances.long.ts. */
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { httpStub } from '../support/stub-server.ts';
import { outcomes } from './alternating-calls.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('two instances on one PostgreSQL', () => {
  it('10 calls whose webhooks alternate hear and count what they do on one', { timeout: 60_000 }, async () => {
    expect(await outcomes(10, 2)).toEqual(await outcomes(10, 1));
  });

  it(
    'a code that one is sending is polled on the other, and goes on there once it is sent',
    { timeout: 60_000 },
    async () => {
      const { servers, caller, goesTo, answer } = await withHeldSend();
      goesTo(1);
      await caller.go(caller.redirect);
      expect(caller.isHeld).toBe(true);
      answer();
      await caller.waits();
      expect(caller.heard).toContain('We sent a code by text message');
      await caller.presses('123456');
      expect(await servers.counts(caller)).toMatchObject({ sends: 1, attempts: 1, grants: 0 });
    },
  );

  it(
    'a call goes on at the other when the one that sends its code is killed: never a second send',
    { timeout: 60_000 },
    async () => {
      const { servers, caller, goesTo, requests } = await withHeldSend();
      await servers.ends(0, 'SIGKILL');
      goesTo(1);
      await caller.waits();
      expect(caller.heard).toContain('we could not send your code');
      expect(requests()).toBe(1);
      expect(await servers.counts(caller)).toMatchObject({ phase: 'active', sends: 1, attempts: 0, grants: 0 });
    },
  );
});

/** A caller at one of two instances, which sends a code by a gateway that takes its time. */
async function withHeldSend() {
  const waiting: ServerResponse[] = [];
  let requests = 0;
  const gateway = await httpStub((response) => {
    requests += 1;
    waiting.push(response);
  });
  const settings = { SMS_URL: gateway.url, SMS_TIMEOUT: '20000', LOG_LEVEL: 'silent' };
  const servers = await ServerProcesses.start({ processes: 2, store: 'postgres', settings, hosts: [gateway.host] });
  closers.push(
    () => servers.close(),
    () => gateway.close(),
  );
  const at = { ...servers.address };
  const goesTo = (process: number): void => void (at.server = servers.addresses[process]?.server ?? '');
  const caller = new Caller(at);
  await caller.go('/voice/two-factor?AccountNumber=1003', { CallStatus: 'ringing' });
  expect(caller.isHeld).toBe(true);
  const answer = (): void => waiting.splice(0).forEach((response) => void response.end('sent'));
  return { servers, caller, goesTo, answer, requests: () => requests };
}
