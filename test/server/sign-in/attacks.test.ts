import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WebUser } from '../../support/web-user.ts';
import { World } from '../../support/world.ts';

const DEVICE = '__Host-dialproof-device';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

const key = (): string => world.settings['ENHANCED_AUTHENTICATION_KEY'] ?? '';

/** Posts anything at all; the answer is never that a user is authorised, and never a fault of ours. */
async function post(path: string, body: string | Uint8Array, headers: Readonly<Record<string, string>>) {
  const response = await fetch(`${world.address.server}/enhanced-authentication${path}`, {
    method: 'POST',
    headers,
    body,
    redirect: 'manual',
  });
  const text = await response.text();
  expect(text).not.toContain('<errorNumber>0</errorNumber>');
  expect(response.status).toBeLessThan(500);
  return { status: response.status, text };
}

async function remembered(account: string): Promise<WebUser> {
  const user = world.webUser(account);
  await user.signsIn();
  await user.opens();
  if (!user.html.includes('name="entry"')) await user.sends({ key: '1' });
  const back = await user.sends({ entry: world.code, remember: 'yes' });
  expect(back.status).toBe(303);
  return user;
}

describe('who may ask', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  it.each([
    ['nobody without a key', {}],
    ['not an empty key', { authorization: 'Bearer ' }],
    ['not another key', { authorization: `Bearer ${randomBytes(24).toString('base64url')}` }],
    ['not the key in another scheme', { authorization: 'Basic KEY' }],
    ['not half of the key', { authorization: 'Bearer HALF' }],
    ['not the key and more', { authorization: 'Bearer KEYx' }],
    ['not by an address that a header claims', { 'x-forwarded-for': '127.0.0.1' }],
  ])('%s', async (_who, headers) => {
    const named = Object.entries({ ...form, ...headers }).map(([name, value]) => [
      name,
      value.replace('KEY', key()).replace('HALF', key().slice(0, 16)),
    ]);
    for (const path of ['', '/redeem'])
      expect((await post(path, 'userLogonReferenceAuthenticate=1002', Object.fromEntries(named))).status).toBe(401);
  });

  it('a network that is set may ask without a key, and nobody by a proxy in it that is not named', async () => {
    const other = await World.open({ settings: { ENHANCED_AUTHENTICATION_NETWORKS: '127.0.0.0/8' } });
    try {
      const ask = (headers: Readonly<Record<string, string>>) =>
        fetch(`${other.address.server}/enhanced-authentication`, {
          method: 'POST',
          headers: { ...form, ...headers },
          body: 'userLogonReferenceAuthenticate=1002',
        });
      expect(await (await ask({})).text()).toContain('<errorNumber>101</errorNumber><redirect>');
      for (const address of ['203.0.113.9', '127.0.0.1'])
        for (const header of [{ 'x-forwarded-for': address }, { forwarded: `for=${address}` }])
          expect((await ask(header)).status).toBe(401);
    } finally {
      await other.close();
    }
  });
});

describe('bodies', () => {
  const types = [
    'application/xml',
    'text/xml',
    'application/json',
    'application/x-www-form-urlencoded',
    'text/plain',
    '',
  ];
  const names = ['userLogonReferenceAuthenticate', 'browser', 'ticket', 'returnUrl', '__proto__', 'constructor'];
  const value = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.json(),
    fc.constantFrom('1002', '', '0', '\0', '<', ']]>'),
  );
  const pairs = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 5 });
  const body = fc.oneof(
    value,
    pairs.map((all) => all.map((pair) => pair.map(encodeURIComponent).join('=')).join('&')),
    pairs.map((all) => JSON.stringify(Object.fromEntries(all))),
    pairs.map((all) => `<r>${all.map(([name, each]) => `<${name}>${each}</${name}>`).join('')}</r>`),
    fc.constantFrom(
      '<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>',
      `<r>${'<a>'.repeat(5000)}`,
      '{"userLogonReferenceAuthenticate":{"toString":1}}',
      '[[[[[[',
      'userLogonReferenceAuthenticate=%ff%fe',
      'userLogonReferenceAuthenticate=1002&userLogonReferenceAuthenticate=1001',
      'x'.repeat(20_000),
    ),
  );

  it('2,000 of any kind: nobody is authorised by them, and nothing of ours fails', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('', '/redeem'), fc.constantFrom(...types), body, async (path, type, sent) => {
        await post(path, Buffer.from(sent), { authorization: `Bearer ${key()}`, 'content-type': type });
      }),
      { numRuns: 2_000 },
    );
  }, 60_000);
});

describe('device cookies', () => {
  it('that are made up, cut, longer, of another case, or of a browser that asked for none', async () => {
    const ana = await remembered('1002');
    const good = ana.cookies.get(DEVICE) ?? '';
    const bad = [
      '',
      ' ',
      good.slice(0, -1),
      good.slice(1),
      `${good}x`,
      `${good}${good}`,
      good.toLowerCase(),
      good.toUpperCase(),
      good.split('').toReversed().join(''),
      encodeURIComponent(`${good}\0`),
      randomBytes(16).toString('base64url'),
      "' OR 1=1 --",
      '../../etc/passwd',
      'a'.repeat(15_000),
    ];
    for (const cookie of bad) {
      if (cookie === good) continue;
      const user = world.webUser('1002');
      user.cookies.set(DEVICE, cookie);
      expect(await user.signsIn()).toMatchObject({ status: 200, errorNumber: '101' });
    }
    expect(await ana.signsIn()).toMatchObject({ errorNumber: '0' });
  });

  it('say nothing of a user who is written otherwise, and the same of one who is only spelled otherwise', async () => {
    const ana = await remembered('1003');
    const spelled = world.webUser(' 1003 ');
    spelled.cookies.set(DEVICE, ana.cookies.get(DEVICE) ?? '');
    expect(await spelled.signsIn()).toMatchObject({ errorNumber: '0' });
    const other = world.webUser('10030');
    other.cookies.set(DEVICE, spelled.cookies.get(DEVICE) ?? '');
    expect(await other.signsIn()).toMatchObject({ errorNumber: '101' });
  });
});

describe('pages and their forms', () => {
  it('belong to the browser that opened them first', async () => {
    const [ana, eve] = [world.webUser('1002'), world.webUser('1002')];
    await ana.signsIn();
    await ana.opens();
    eve.page = ana.page;
    expect(await eve.opens()).toMatchObject({ status: 403 });
    expect(eve.html).not.toContain('name="turn"');
    await eve.posts({ turn: ana.turn, entry: world.code });
    expect(await eve.opens()).toMatchObject({ status: 403 });
    expect((await ana.opens()).html).toContain('name="entry"');
  });

  it.each([
    ['another site', 'https://evil.example'],
    ['a page without an origin', 'null'],
    ['nobody knows where', null],
    ['a port of our own host', 'http://localhost:1'],
    ['an origin that begins like ours', 'OURS.evil.example'],
  ])('a form from %s changes nothing', async (_who, origin) => {
    const ana = world.webUser('1001');
    await ana.signsIn();
    await ana.opens();
    const before = world.codesSent;
    const from = origin?.replace('OURS', new URL(world.address.publicUrl).origin) ?? null;
    await ana.posts({ turn: ana.turn, key: '1' }, { origin: from });
    expect(world.codesSent).toBe(before);
  });

  it('count once: a form that is sent again sends no second code, and tries no code twice', async () => {
    const ana = world.webUser('1001');
    await ana.signsIn();
    await ana.opens();
    const before = world.codesSent;
    const { turn } = ana;
    await Promise.all(Array.from({ length: 5 }, () => ana.posts({ turn, key: '1' })));
    await ana.opens();
    expect(world.codesSent).toBe(before + 1);
    const wrong = { turn: ana.turn, entry: world.wrongCode };
    await Promise.all(Array.from({ length: 5 }, () => ana.posts(wrong)));
    await ana.opens();
    expect(ana.html).toContain('2 tries left');
    expect(await ana.sends({ entry: world.code })).toMatchObject({ status: 303 });
  });

  it('that are over stay over: an old form with a right code leads nowhere', async () => {
    const ana = world.webUser('1002');
    await ana.signsIn();
    await ana.opens();
    const form = { turn: ana.turn, entry: world.code };
    const back = await ana.sends(form);
    expect(await ana.redeems(ana.ticketIn(back))).toMatchObject({ errorNumber: '0' });
    await ana.posts(form);
    expect(await ana.opens()).toMatchObject({ status: 410, location: null });
  });

  it('with the token of another sign-in change nothing of either', async () => {
    const [ana, eve] = [world.webUser('1001'), world.webUser('1003')];
    for (const user of [ana, eve]) {
      await user.signsIn();
      await user.opens();
    }
    const before = world.codesSent;
    await eve.posts({ turn: ana.turn, key: '1' });
    expect(world.codesSent).toBe(before);
    expect(await ana.sends({ key: '1' })).toMatchObject({ status: 200 });
    expect(ana.html).toContain('name="entry"');
  });

  it('expire after ten minutes', async () => {
    const ana = world.webUser('1002');
    await ana.signsIn();
    await ana.opens();
    world.clock.advance(600_001);
    expect(await ana.opens()).toMatchObject({ status: 410 });
  });

  it.each(['x', '..', '%2e%2e', '%00', '%ff', 'a'.repeat(5000), randomBytes(16).toString('base64url')])(
    'there is none at %s',
    async (token) => {
      const response = await fetch(`${world.address.server}/enhanced-authentication/page/${token}`, {
        redirect: 'manual',
      });
      expect(response.status).toBeLessThan(500);
      expect(response.status).not.toBe(200);
    },
  );

  it('entries of any kind let nobody in, and use up no attempt unless they are well-formed', async () => {
    const ana = world.webUser('1002');
    await ana.signsIn();
    await ana.opens();
    for (const entry of [
      '',
      '12345',
      '1234567',
      'abcdef',
      '\uff11\uff12\uff13\uff14\uff15\uff16',
      '%00',
      '1'.repeat(10_000),
    ]) {
      const shown = await ana.sends({ entry });
      expect(shown.location).toBeNull();
      if (!ana.html.includes('name="entry"')) {
        await ana.signsIn();
        await ana.opens();
      }
    }
    expect(ana.html).not.toContain('tries left');
  });
});

describe('where a browser is sent back to', () => {
  it.each([
    'https://evil.example/',
    '//evil.example',
    'javascript:alert(1)',
    'http://localhost:1/',
    'https://localhost@evil.example',
  ])('never %s: it comes back to the usual origin', async (returnUrl) => {
    const ana = world.webUser('1002');
    await ana.signsIn({ parameters: { returnUrl } });
    await ana.opens();
    const back = await ana.sends({ entry: world.code });
    expect(new URL(back.location ?? '').origin).toBe(new URL(world.address.publicUrl).origin);
  });
});
