import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, runsBrowser, serve, type Site } from '../support/browser.ts';
import { troublesOf, windowOf, type Look } from './looked-at.ts';
import { PLACE, pageSite, STATES } from './page-states.ts';

const SCHEMES = ['light', 'dark'] as const;
const LOOKS = SCHEMES.flatMap((colorScheme) => [320, 360, 1280].map((width): Look => ({ colorScheme, width })));

/** Pictures of all pages lie in a new folder afterwards, for people to look at. */
describe.runIf(runsBrowser)('every page of a web sign-in', () => {
  let browser: Browser;
  let site: Site;
  let pictures = '';

  beforeAll(async () => {
    [browser, site] = await Promise.all([openBrowser(), serve(pageSite())]);
    pictures = await mkdtemp(path.join(tmpdir(), 'dialproof-pages-'));
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
    console.log(`The pages as they look: ${pictures}`);
  });

  it.each(LOOKS)('keeps nobody from using it: $colorScheme, $width px', async (look) => {
    const window = await windowOf(browser, look, true);
    expect(await troublesOf(window, site.origin + PLACE, Object.keys(STATES))).toEqual([]);
    await window.close();
  });

  it.each(LOOKS)('has its picture taken, with script off: $colorScheme, $width px', async (look) => {
    const window = await windowOf(browser, look, false);
    const page = await window.newPage();
    for (const name of Object.keys(STATES)) {
      await page.goto(site.origin + PLACE + name);
      const file = path.join(pictures, `${look.colorScheme}-${look.width}-${name}.png`);
      expect((await page.screenshot({ path: file, fullPage: true })).length).toBeGreaterThan(1_000);
    }
    await window.close();
  });
});
