import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Shown, WebUser } from '../../support/web-user.ts';
import { World } from '../../support/world.ts';

const DAY = 86_400_000;
const DEVICE = '__Host-dialproof-device';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** Signs in by a code, and comes back to the platform. */
async function byCode(user: WebUser, { remember = false } = {}): Promise<Shown> {
  const answer = await user.signsIn();
  expect(answer).toMatchObject({ status: 200, errorNumber: '101' });
  await user.opens();
  if (!/name="entry"/.test(user.html)) await user.sends({ key: '1' });
  const back = await user.sends({ entry: world.code, ...(remember ? { remember: 'on' } : {}) });
  expect(back.status).toBe(303);
  return back;
}

describe('a web sign-in', () => {
  it('E2 E14 E17 E18: in a new browser is answered 101, with the page where the code is entered', async () => {
    const ana = world.webUser('1002');
    const answer = await ana.signsIn();
    expect(answer.body).toMatch(
      /^<response><errorNumber>101<\/errorNumber><redirect>http[^<]+<\/redirect><\/response>$/,
    );
    const page = await ana.opens();
    expect(page.status).toBe(200);
    expect(page.html).toContain('<!doctype html>');
  });

  it('E15 E16 E19: a right code leads back with a ticket, which says who has signed in, and for how long', async () => {
    const ana = world.webUser('1002');
    const back = await byCode(ana);
    expect(await ana.redeems(ana.ticketIn(back))).toMatchObject({ errorNumber: '0', ttl: '3600', user: '1002' });
  });

  it('a ticket is good once', async () => {
    const ana = world.webUser('1002');
    const ticket = ana.ticketIn(await byCode(ana));
    const both = await Promise.all([ana.redeems(ticket), ana.redeems(ticket)]);
    expect(both.filter(({ errorNumber }) => errorNumber === '0')).toHaveLength(1);
  });

  it('E20 E21: a remembered device passes at once, and is asked again when its time is over', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0', ttl: '3600' });
    world.clock.advance(31 * DAY);
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
  });

  it('where the platform does not pass cookies on, a remembered device passes without a question', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    await ana.signsIn({ cookies: false });
    const back = await ana.opens();
    expect(back.status).toBe(303);
    expect(await ana.redeems(ana.ticketIn(back))).toMatchObject({ errorNumber: '0', user: '1002' });
  });

  it('nobody is remembered who did not ask for it', async () => {
    const ana = world.webUser('1002');
    await byCode(ana);
    expect(ana.cookies.has(DEVICE)).toBe(false);
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
  });

  it('E7: a device whose browser has changed is asked again', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    ana.browser = { ...ana.browser, fingerprint: 'another' };
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
  });

  it('a device that was asked again, and whose user had the code, is known again as it is now', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    ana.browser = { ...ana.browser, fingerprint: 'after an update' };
    await byCode(ana);
    world.clock.advance(60_000);
    for (let again = 0; again < 3; again += 1) expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
  });

  it('the cookie of another user is refused, and stays good for that user', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    const bea = world.webUser('1001');
    bea.cookies.set(DEVICE, ana.cookies.get(DEVICE) ?? '');
    expect(await bea.signsIn()).toMatchObject({ errorNumber: '101' });
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
  });

  it('a stolen cookie, used after the device has a new one, ends the series for both', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    const thief = world.webUser('1002');
    thief.cookies.set(DEVICE, ana.cookies.get(DEVICE) ?? '');
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
    world.clock.advance(11_000);
    expect(await thief.signsIn()).toMatchObject({ errorNumber: '101' });
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
  });

  it('two requests of a device at once are both answered, though its cookie changes', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    const answers = await Promise.all([ana.signsIn(), ana.signsIn()]);
    expect(answers.map(({ errorNumber }) => errorNumber)).toEqual(['0', '0']);
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
  });

  it('E23: a web service that signs in without a browser is asked for a code as well', async () => {
    const service = world.webUser('1002');
    service.browser = {};
    expect(await service.signsIn()).toMatchObject({ errorNumber: '101' });
  });

  it('E24: web services that a known browser calls are answered at once, however often', async () => {
    const ana = world.webUser('1002');
    await byCode(ana, { remember: true });
    const before = world.codesSent;
    for (let call = 0; call < 5; call += 1)
      expect(await ana.signsIn()).toMatchObject({ errorNumber: '0', ttl: '3600' });
    expect(world.codesSent).toBe(before);
  });

  it('E25 E26: a user who is exempt signs in from the network that is named, and from no other', async () => {
    const other = await World.open({
      settings: { TRUSTED_PROXIES: '127.0.0.1' },
      edit: {
        'callflows/web-sign-in.yaml': [['  # exempt: [', '  exempt: [']],
      },
    });
    try {
      const service = other.webUser('erp-sync');
      expect(await service.signsIn({ from: '10.1.2.3' })).toMatchObject({ errorNumber: '0' });
      expect(other.signInsAudited).toEqual(['exempt']);
      expect(await service.signsIn({ from: '10.2.2.3' })).toMatchObject({ errorNumber: '101' });
      expect(await service.signsIn()).toMatchObject({ errorNumber: '101' });
      expect(await other.webUser('1002').signsIn({ from: '10.1.2.3' })).toMatchObject({ errorNumber: '101' });
    } finally {
      await other.close();
    }
  });

  it('known and unknown users are answered alike, and as fast: 200 pairs', async () => {
    const times: Record<'known' | 'unknown', number[]> = { known: [], unknown: [] };
    for (let pair = 0; pair < 200; pair += 1)
      for (const [who, user] of [
        ['known', '1002'],
        ['unknown', String(900_000 + pair)],
      ] as const) {
        const began = performance.now();
        const { body } = await world.webUser(user).signsIn();
        times[who].push(performance.now() - began);
        expect(body.replace(/page\/[\w-]{22}</, 'page/TOKEN<')).toBe(
          `<response><errorNumber>101</errorNumber><redirect>${world.address.publicUrl}/enhanced-authentication/page/TOKEN</redirect></response>`,
        );
      }
    expect(Math.abs(median(times.known) - median(times.unknown))).toBeLessThan(20);
  });
});

describe('a lock', () => {
  it('made on the telephone refuses the web at once, the devices that were remembered with it', async () => {
    const ana = world.webUser('1001');
    await byCode(ana, { remember: true });
    for (let failures = 0; failures < 10;) {
      const caller = world.caller();
      await caller.dials('main');
      await caller.presses('1001');
      await caller.presses('1');
      for (let tries = 0; tries < 3 && failures < 10; tries += 1, failures += 1) await caller.presses(world.wrongCode);
      world.clock.advance(30_000);
    }
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
    await ana.opens();
    expect(ana.html).not.toContain('name="entry"');
    await world.opensAccount('1001');
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
  });

  it('made on the web refuses the telephone at once, and the page that is open', async () => {
    const open = world.webUser('1001');
    await open.signsIn();
    await open.opens();
    await open.sends({ key: '1' });
    const right = world.code;
    await locksByCodes(30_000);
    expect((await open.sends({ entry: right })).location).toBeNull();
    const caller = world.caller();
    await caller.dials('main');
    await caller.presses('1001');
    expect(caller.body).toContain('<Dial');
  });

  it('between the right code and the ticket makes the ticket void', async () => {
    const ana = world.webUser('1001');
    const ticket = ana.ticketIn(await byCode(ana));
    await locksByCodes(5_000);
    expect(await ana.redeems(ticket)).toMatchObject({ errorNumber: '101' });
  });
});

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** Ten wrong codes, in as many sign-ins as that takes, so many milliseconds apart. */
async function locksByCodes(apart: number): Promise<void> {
  for (let failures = 0; failures < 10;) {
    world.clock.advance(apart);
    const eve = world.webUser('1001');
    await eve.signsIn();
    await eve.opens();
    await eve.sends({ key: '2' });
    for (let tries = 0; tries < 3 && failures < 10; tries += 1, failures += 1)
      await eve.sends({ entry: world.wrongCode });
  }
}
