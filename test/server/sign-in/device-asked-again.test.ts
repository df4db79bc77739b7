import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebUser } from '../../support/web-user.ts';
import { World } from '../../support/world.ts';

const BROWSER = '__Host-dialproof-browser';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** Enters the code as long afterwards as people take. */
async function byCode(user: WebUser, { remember = false } = {}): Promise<void> {
  await user.opens();
  world.clock.advance(30_000);
  const back = await user.sends({ entry: world.code, ...(remember ? { remember: 'yes' } : {}) });
  expect(back.status).toBe(303);
}

async function remembered(): Promise<WebUser> {
  const ana = world.webUser('1002');
  await ana.signsIn();
  await byCode(ana, { remember: true });
  world.clock.advance(60_000);
  return ana;
}

describe('a remembered device that is asked for a code', () => {
  it('gets its new cookie with the question, and is not taken for a copy of itself', async () => {
    const ana = await remembered();
    ana.browser = { ...ana.browser, fingerprint: 'another' };
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
    await byCode(ana);
    world.clock.advance(60_000);
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
    expect(world.log).not.toContain('an old device token was used');
  });

  it('is remembered as the browser that it has become, if its user wishes so', async () => {
    const ana = await remembered();
    ana.browser = { ...ana.browser, fingerprint: 'another' };
    await ana.signsIn();
    await byCode(ana, { remember: true });
    world.clock.advance(60_000);
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
  });
});

describe('a policy that remembers for less than it did', () => {
  it('asks the devices of before, and remembers them anew', async () => {
    const ana = await remembered();
    world.clock.advance(86_400_000);
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
    await world.publishes({ edit: { 'callflows/web-sign-in.yaml': [['remembered: 30d', 'remembered: 1d']] } });
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '101' });
    await byCode(ana, { remember: true });
    world.clock.advance(60_000);
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
  });
});

describe('a page that a browser asks for several times at once', () => {
  it('after the right code remembers one device, and leaves the others of its user alone', async () => {
    const others = [];
    for (let n = 0; n < 4; n += 1) others.push(await remembered());
    const ana = world.webUser('1002');
    await ana.signsIn();
    await ana.opens();
    await ana.posts({ turn: ana.turn, entry: world.code, remember: 'yes' });
    const shown = await Promise.all(Array.from({ length: 8 }, () => ana.opens()));
    expect(shown.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 303));
    expect(await world.rows()).toMatchObject({ devices: 5 });
    world.clock.advance(60_000);
    for (const each of [...others, ana]) expect(await each.signsIn()).toMatchObject({ errorNumber: '0' });
  });

  it('stays with that browser, whichever answer comes last', async () => {
    const ana = world.webUser('1002');
    await ana.signsIn();
    const shown = await Promise.all([ana.opens(), ana.opens(), ana.opens()]);
    expect(shown.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 403, 403]);
    expect(ana.cookies.has(BROWSER)).toBe(true);
    expect(await ana.opens()).toMatchObject({ status: 200 });
  });
});
