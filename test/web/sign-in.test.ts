import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, runsBrowser } from '../support/browser.ts';
import { World } from '../support/world.ts';
import { SigningIn } from './signing-in.ts';

describe.runIf(runsBrowser)('a web sign-in in Chromium', () => {
  let browser: Browser;
  let world: World;

  beforeAll(async () => {
    [browser, world] = await Promise.all([openBrowser(), World.open()]);
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });

  it('E18 E20 E21: asks for a code in a new browser, and lets a remembered one pass until its time is over', async () => {
    const ana = await SigningIn.open(browser, world);
    await ana.isRememberedAs('1001');
    expect(await ana.as('1001')).toBe('passed');
    world.clock.advance(31 * 86_400_000);
    expect(await ana.as('1001')).toBe('asked');
    await ana.close();
  });
});
