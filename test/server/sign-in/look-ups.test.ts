import { afterEach, describe, expect, it } from 'vitest';
import { World } from '../../support/world.ts';

let world: World;
afterEach(() => world.close());

describe('look-ups of accounts by web sign-ins', () => {
  it('of many users do not keep the next one from signing in', async () => {
    world = await World.open({ settings: { LOOKUPS_PER_CALLER: '10/1h' } });
    for (let user = 9001; user <= 9012; user += 1) {
      const other = world.webUser(String(user));
      await other.signsIn();
      await other.opens();
    }
    const ana = world.webUser('1002');
    await ana.signsIn();
    await ana.opens();
    expect(ana.html).toContain('name="entry"');
  });
});
