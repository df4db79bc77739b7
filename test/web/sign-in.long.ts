import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, runsBrowser } from '../support/browser.ts';
import { World } from '../support/world.ts';
import { SigningIn } from './signing-in.ts';

const ANA = '1001';
const EVE = '1005';

describe.runIf(runsBrowser)('a web sign-in in Chromium, with script off', () => {
  let browser: Browser;
  let world: World;
  let ana: SigningIn;

  beforeAll(async () => {
    [browser, world] = await Promise.all([openBrowser(), World.open()]);
  });
  afterAll(async () => {
    await browser.close();
    await world.close();
  });
  beforeEach(async () => {
    ana = await SigningIn.open(browser, world);
  });
  afterEach(() => ana.close());

  it('asks again where the device was not to be remembered', async () => {
    await ana.as(ANA);
    await ana.chooses(/^Text message/);
    await ana.enters();
    await ana.isBack();
    expect(await ana.as(ANA)).toBe('asked');
  });

  it('says what is wrong with a code, and goes on with the right one', async () => {
    const before = world.codesSent;
    await ana.as(ANA);
    await ana.chooses(/^Text message/);
    await ana.sees('Your code');
    await ana.enters(world.code === '000000' ? '111111' : '000000');
    await ana.sees('That code did not match.');
    await ana.chooses(/^I have no code/);
    await ana.chooses(/^Go back/);
    await ana.enters();
    await ana.isBack();
    expect(world.codesSent).toBe(before + 1);
  });

  it('asks another user on the same device', async () => {
    await ana.isRememberedAs(ANA);
    expect([await ana.as(EVE), await ana.as(ANA)]).toEqual(['asked', 'passed']);
  });

  it('asks a thief with a copied cookie, and from then on the owner as well', async () => {
    await ana.isRememberedAs(ANA);
    const copied = await ana.window.cookies();
    expect(await ana.as(ANA)).toBe('passed');
    world.clock.advance(60_000);
    const thief = await SigningIn.open(browser, world);
    await thief.window.addCookies(copied);
    expect([await thief.as(ANA), await ana.as(ANA)]).toEqual(['asked', 'asked']);
    await thief.close();
  });

  it('belongs to the browser that opened it first', async () => {
    await ana.as(ANA);
    const other = await SigningIn.open(browser, world);
    await other.page.goto(ana.page.url());
    expect(await other.page.getByRole('heading').textContent()).toBe('This page belongs to another browser');
    await other.close();
  });
});
