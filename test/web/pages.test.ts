import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, runsBrowser, serve, type Site } from '../support/browser.ts';
import { troublesOf, windowOf, type Look } from './looked-at.ts';
import { PLACE, pageSite, stateHtml } from './page-states.ts';

const PHONE: Look = { colorScheme: 'dark', width: 320 };
const HTML = 'text/html; charset=utf-8';
/** Nothing that may be done wrong is done right here. */
const BROKEN = '<title></title><input><button>x</button><p style="color: #eee; width: 900px">pale and wide';

const MORE = new Map([
  [`${PLACE}themed`, { type: HTML, body: stateHtml('enter-code', { hasTheme: true }) }],
  [`${PLACE}reloads`, { type: HTML, body: stateHtml('hold') }],
  [`${PLACE}broken`, { type: HTML, body: BROKEN }],
  ['/enhanced-authentication/theme.css', { type: 'text/css', body: ':root { --dialproof-accent: rgb(120, 0, 80); }' }],
]);

describe.runIf(runsBrowser)('a page of a web sign-in in Chromium, with script off', () => {
  let browser: Browser;
  let site: Site;
  let page: Page;
  const refused: string[] = [];
  const posted: (string | null)[] = [];

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), serve(pageSite({}, MORE))]);
    page = await (await windowOf(browser, PHONE, false)).newPage();
    page.on('request', (request) => {
      if (request.method() === 'POST') posted.push(request.postData());
    });
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  const open = (name: string) => page.goto(site.origin + PLACE + name);

  /** What the browser posts when this is done. */
  async function posts(act: () => Promise<void>) {
    const [request] = await Promise.all([
      page.waitForRequest((each) => each.method() === 'POST'),
      // Of the page that the browser is sent to.
      page.waitForEvent('load'),
      act(),
    ]);
    const fields = [...new URLSearchParams(request.postData() ?? '')].map(([name, value]) => `${name}=${value}`);
    return { origin: await request.headerValue('origin'), fields };
  }

  it('keeps nobody from using it', async () => {
    const window = await windowOf(browser, PHONE, true);
    expect(await troublesOf(window, site.origin + PLACE, ['choose-method', 'wrong-code'])).toEqual([]);
    const found = (await troublesOf(window, site.origin + PLACE, ['broken'])).join();
    for (const trouble of ['document-title', 'color-contrast', 'label', 'px too wide', 'less than 44 px'])
      expect(found).toContain(trouble);
    await window.close();
  });

  it('sends what was typed, by Enter in the field that has the focus', async () => {
    await open('enter-code');
    // Browsers give the focus with the first picture of a page, which may come after its load.
    await page.locator('#entry:focus').waitFor();
    const sent = await posts(async () => {
      await page.keyboard.type('123 456');
      await page.keyboard.press('Enter');
    });
    // By its Origin the server knows a form of its own.
    expect(sent).toEqual({ origin: site.origin, fields: ['turn=nonce-of-this-turn-1234', 'entry=123 456'] });
  });

  it('sends the wish to be remembered when it was ticked', async () => {
    await open('enter-code');
    await page.getByLabel('Remember this device').check();
    await page.getByLabel('Your code').fill('123456');
    const { fields } = await posts(() => page.getByRole('button', { name: 'Continue' }).click());
    expect(fields).toEqual(['turn=nonce-of-this-turn-1234', 'entry=123456', 'remember=yes']);
  });

  it('sends nothing that cannot be a code', async () => {
    const before = posted.length;
    await open('enter-code');
    for (const entry of ['', '12345', 'abcdef']) {
      await page.getByLabel('Your code').fill(entry);
      await page.getByRole('button', { name: 'Continue' }).click();
    }
    expect(posted).toHaveLength(before);
  });

  it('sends the key of the button that was used, with the field empty', async () => {
    await open('enter-code');
    const other = await posts(() => page.getByRole('button', { name: 'I have no code' }).click());
    expect(other.fields).toEqual(['turn=nonce-of-this-turn-1234', 'entry=', 'key=*']);
    await open('choose-method');
    const choice = await posts(() => page.getByRole('button', { name: /^Text message/ }).click());
    expect(choice.fields).toEqual(['turn=nonce-of-this-turn-1234', 'key=2']);
  });

  it('asks again by itself while a task runs', async () => {
    const window = await windowOf(browser, PHONE, false);
    const held = await window.newPage();
    await held.goto(`${site.origin}${PLACE}reloads`);
    const again = await held.waitForEvent('request', (each) => each.isNavigationRequest());
    expect(again.url()).toBe(held.url());
    await window.close();
  });

  it('has its own style, and the colours of the theme', async () => {
    const colour = async (name: string): Promise<string> => {
      await open(name);
      return page.evaluate<string>("getComputedStyle(document.querySelector('.primary')).backgroundColor");
    };
    expect([await colour('enter-code'), await colour('themed')]).toEqual(['rgb(111, 208, 210)', 'rgb(120, 0, 80)']);
  });

  it('does nothing that its policy forbids', () => {
    expect(refused).toEqual([]);
  });
});
