/** Two instances on one PostgreSQL; what takes longer is in two-instances.long.ts. */
import type { ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { contactMethods } from '../support/contact-methods.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { httpStub } from '../support/stub-server.ts';
import { outcomes } from './two-instances.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

describe('two instances on one PostgreSQL', () => {
  it('10 calls whose webhooks alternate hear and count what they do on one', { timeout: 60_000 }, async () => {
    expect(await outcomes(10, 2)).toEqual(await outcomes(10, 1));
  });

  it('a look-up that was begun on one is polled on the other, and its result is heard there', async () => {
    const { servers, answer } = await withHeldLookup();
    const [one, other] = servers.addresses.map((address) => address.server);
    const at = { ...servers.address, server: one ?? '' };
    const caller = new Caller(at);
    await caller.go('/voice/two-factor?AccountNumber=1002', { CallStatus: 'ringing' });
    expect(caller.isHeld).toBe(true);
    at.server = other ?? '';
    await caller.go(caller.redirect);
    expect(caller.isHeld).toBe(true);
    answer();
    await caller.waits();
    expect(caller.heard).toContain('We emailed a code');
    await caller.presses(servers.code);
    expect(await servers.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
  });

  it('a call goes on at the other when the one that looks something up is killed', async () => {
    const { servers } = await withHeldLookup();
    const [one, other] = servers.addresses.map((address) => address.server);
    const at = { ...servers.address, server: one ?? '' };
    const caller = new Caller(at);
    await caller.go('/voice/two-factor?AccountNumber=1002', { CallStatus: 'ringing' });
    expect(caller.isHeld).toBe(true);
    await servers.ends(0, 'SIGKILL');
    at.server = other ?? '';
    await caller.waits();
    expect(caller.dialled).toBe('+12025550199');
    expect(await servers.counts(caller)).toMatchObject({ sends: 0, attempts: 0, grants: 0 });
  });
});

/** A service that takes longer than a caller is left in silence, until it is told to answer. */
async function withHeldLookup() {
  const waiting: ServerResponse[] = [];
  const slow = await httpStub((response) => void waiting.push(response));
  const settings = { CONTACT_METHODS_URL: slow.url, LOG_LEVEL: 'silent' };
  const servers = await ServerProcesses.start({ processes: 2, store: 'postgres', settings, hosts: [slow.host] });
  closers.push(
    () => servers.close(),
    () => slow.close(),
  );
  const answer = (): void => {
    for (const response of waiting.splice(0))
      response.end(contactMethods('<method name="email" value="ben@example.test"/>'));
  };
  return { servers, answer };
}
