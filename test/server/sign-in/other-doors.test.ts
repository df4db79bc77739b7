import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebUser } from '../../support/web-user.ts';
import { World } from '../../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

async function atTheCode(account: string): Promise<WebUser> {
  const user = world.webUser(account);
  await user.signsIn();
  await user.opens();
  expect(user.html).toContain('name="entry"');
  return user;
}

describe('a program that only looks at the address of a page', () => {
  it('has no code sent, and takes the page away from nobody', async () => {
    const ana = world.webUser('1002');
    await ana.signsIn();
    const page = ana.page.replace(world.address.publicUrl, world.address.server);
    for (const method of ['HEAD', 'OPTIONS', 'PUT', 'DELETE', 'PATCH']) await fetch(page, { method });
    expect(world.codesSent).toBe(0);
    expect(await ana.opens()).toMatchObject({ status: 200 });
  });
});

describe('the languages that a browser asks for', () => {
  it('are read, but not a header of thousands', async () => {
    const page = `${world.address.server}/enhanced-authentication/page/none`;
    const spoken = async (languages: string): Promise<string | undefined> => {
      const html = await (await fetch(page, { headers: { 'accept-language': languages } })).text();
      return /<html lang="([^"]+)"/.exec(html)?.[1];
    };
    expect(await spoken('es,fr;q=0.5')).toBe('es-ES');
    expect(await spoken('es,'.repeat(5000))).toBe('en-US');
  });
});

describe('a signed webhook of the telephone that names a web sign-in as its call', () => {
  it('neither starts nor goes on nor ends in it', async () => {
    const ana = await atTheCode('1002');
    const [call = ''] = /web-[\w-]{22}/.exec(world.log) ?? [];
    expect(call).not.toBe('');
    const caller = world.caller({ call });
    await caller.dials('main');
    expect(caller.body).not.toContain('<Gather');
    await caller.post(`/voice/turn/${ana.turn}`, { Digits: world.code });
    await caller.post('/voice/status', { CallStatus: 'completed' });
    await caller.post('/voice/fallback', { ErrorCode: '12100', ErrorUrl: `${world.address.publicUrl}/voice/main` });
    expect(await ana.opens()).toMatchObject({ status: 200 });
    expect(await ana.sends({ entry: world.code })).toMatchObject({ status: 303 });
  });
});
