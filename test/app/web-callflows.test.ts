/** Callflows for the web, and the telephone. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

describe('a number whose webhook names a callflow for the web', () => {
  it('is answered as if there were no such callflow, and nobody is sent a code', async () => {
    const missing = await world.caller().dials('no-such-callflow', { AccountNumber: '1001' });
    const web = await world.caller().dials('web-sign-in', { AccountNumber: '1001' });
    expect(web.body).toBe(missing.body);
    expect(world.codesSent).toBe(0);
  });
});
