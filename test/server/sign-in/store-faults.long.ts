import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebUser } from '../../support/web-user.ts';
import { World } from '../../support/world.ts';

const DEVICE = '__Host-dialproof-device';

let world: World;
beforeAll(async () => {
  world = await World.open({
    settings: { TRUSTED_PROXIES: '127.0.0.1' },
    edit: { 'callflows/web-sign-in.yaml': [['  # exempt: [', '  exempt: [']] },
  });
});
afterAll(() => world.close());

/** Everything that a user can be let in by. */
class Door {
  readonly user: WebUser;
  isOpen = false;

  constructor(account: string) {
    this.user = world.webUser(account);
  }

  async asks(from?: string): Promise<void> {
    const { status, errorNumber } = await this.user.signsIn(from === undefined ? {} : { from });
    if (status >= 500) throw new Error(`the platform was answered ${status}`);
    this.isOpen ||= errorNumber === '0';
  }

  async opens(): Promise<void> {
    this.came(await this.user.opens());
  }

  async sends(fields: Readonly<Record<string, string>>): Promise<void> {
    this.came(await this.user.sends(fields));
  }

  async redeems(ticket: string): Promise<void> {
    this.isOpen ||= (await this.user.redeems(ticket)).errorNumber === '0';
  }

  private came({ location }: { readonly location: string | null }): void {
    this.isOpen ||= location?.includes('ticket=') === true;
  }
}

async function byCode(account: string): Promise<{ readonly user: WebUser; readonly ticket: string }> {
  const user = world.webUser(account);
  await user.signsIn();
  await user.opens();
  if (!user.html.includes('name="entry"')) await user.sends({ key: '1' });
  const back = await user.sends({ entry: world.code, remember: 'yes' });
  return { user, ticket: user.ticketIn(back) };
}

/** Ten wrong codes. */
async function locks(account: string): Promise<void> {
  for (let failures = 0; failures < 10;) {
    world.clock.advance(30_000);
    const user = world.webUser(account);
    await user.signsIn();
    await user.opens();
    if (!user.html.includes('name="entry"')) await user.sends({ key: '2' });
    for (let tries = 0; tries < 3 && failures < 10; tries += 1, failures += 1)
      await user.sends({ entry: world.wrongCode });
  }
}

/** Plays it with every single operation of the store failing in its turn, each in both ways. */
async function withEachFault(play: () => Promise<void>): Promise<number> {
  let faults = 0;
  for (const isDone of [false, true])
    for (let after = 0; await world.storeFails({ after, isDone }, play); after += 1) faults += 1;
  return faults;
}

describe('while any single operation of the store fails', () => {
  it('a wrong code lets nobody in', async () => {
    const faults = await withEachFault(async () => {
      const door = new Door('1002');
      await door.asks();
      if (door.user.page === '') return;
      await door.opens();
      await door.sends({ entry: world.wrongCode });
      await door.sends({ entry: '' });
      await door.opens();
      expect(door.isOpen).toBe(false);
      world.clock.advance(31 * 60_000);
      await world.opensAccount('1002');
    });
    expect(faults).toBeGreaterThan(20);
  }, 300_000);

  it('a device that is revoked, a page of another browser and a ticket that is used let nobody in', async () => {
    const { user, ticket } = await byCode('1002');
    await user.redeems(ticket);
    const token = user.cookies.get(DEVICE) ?? '';
    world.clock.advance(60_000);
    await user.signsIn();
    world.clock.advance(60_000);
    const stolen = world.webUser('1002');
    stolen.cookies.set(DEVICE, token);
    await stolen.signsIn();
    const faults = await withEachFault(async () => {
      const door = new Door('1002');
      door.user.cookies.set(DEVICE, token);
      await door.asks();
      await door.redeems(ticket);
      door.user.page = user.page;
      await door.opens();
      expect(door.isOpen).toBe(false);
    });
    expect(faults).toBeGreaterThan(5);
  }, 60_000);

  it('a locked account, and the ticket it had, let nobody in', async () => {
    const { ticket } = await byCode('1001');
    await locks('1001');
    const faults = await withEachFault(async () => {
      const door = new Door('1001');
      await door.asks();
      await door.redeems(ticket);
      if (door.user.page !== '') await door.opens();
      expect(door.isOpen).toBe(false);
      expect(door.user.html).not.toContain('name="entry"');
    });
    expect(faults).toBeGreaterThan(10);
  }, 120_000);

  it('nobody is exempt without a line in the audit trail, nor from another network', async () => {
    await withEachFault(async () => {
      const door = new Door('erp-sync');
      await door.asks('10.2.0.1');
      expect(door.isOpen).toBe(false);
      const before = world.signInsAudited.filter((detail) => detail === 'exempt').length;
      await door.asks('10.1.0.1');
      const after = world.signInsAudited.filter((detail) => detail === 'exempt').length;
      if (door.isOpen) expect(after).toBe(before + 1);
    });
  }, 60_000);
});
