import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { WebUser } from '../support/web-user.ts';
import { World } from '../support/world.ts';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(() => world.close());

/** A request of the browser of this user to the company's web application. */
async function at(user: WebUser, target: string, form?: Readonly<Record<string, string>>) {
  const response = await fetch(target.replace(world.address.publicUrl, world.address.server), {
    headers: { cookie: [...user.cookies].map((pair) => pair.join('=')).join('; ') },
    redirect: 'manual',
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    user.cookies.set(name, value);
  }
  return { location: response.headers.get('location') ?? '', html: await response.text() };
}

/** Signs in by password and code; answers with the address that the browser is sent back to. */
async function comesBack(account: string): Promise<{ readonly user: WebUser; readonly address: string }> {
  const user = world.webUser(account);
  const { location } = await at(user, `${world.address.publicUrl}/demo/sign-in`, { user: account });
  user.page = location;
  await user.opens();
  const back = await user.sends({ entry: world.code });
  user.ticketIn(back);
  return { user, address: back.location ?? '' };
}

describe('the web application of the demo company', () => {
  it('lets its user in with the ticket that the browser brings back', async () => {
    const { user, address } = await comesBack('1002');
    expect((await at(user, address)).html).toContain('signed in as <strong>1002</strong>');
  });

  it('signs nobody in by a link with the ticket of somebody else', async () => {
    const { address } = await comesBack('1002');
    const bea = world.webUser('1003');
    await at(bea, `${world.address.publicUrl}/demo/sign-in`, { user: '1003' });
    expect(await at(bea, address)).toMatchObject({ location: '/demo/sign-in' });
  });
});
