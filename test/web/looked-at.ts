import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';

export interface Look {
  readonly colorScheme: 'light' | 'dark';
  /** CSS pixels. */
  readonly width: number;
}

/** A window of the browser; `script`: whether it runs any. Axe needs it, pages do not. */
export function windowOf(browser: Browser, { colorScheme, width }: Look, script: boolean): Promise<BrowserContext> {
  return browser.newContext({ colorScheme, viewport: { width, height: 740 }, javaScriptEnabled: script });
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * A page that asks whether a task is done loses nothing by it, so that the rule against reloading pages, which stop
 * people from reading, is not about it.
 */
const RELOADS = ['hold', 'moved'];

/** Everything that keeps somebody from using a page: what axe finds, and what it cannot see. */
async function troubles(page: Page, name: string): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const rules = RELOADS.includes(name) ? '{ "meta-refresh": { enabled: false } }' : '{}';
  const { violations } = await page.evaluate<AxeResults>(`axe.run(document, { rules: ${rules} })`);
  const found = violations.map(
    ({ id, impact, nodes }) => `${name}: ${impact ?? ''} ${id} at ${String(nodes[0]?.target)}`,
  );
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  const small = await page.evaluate<readonly string[]>(SMALL_TARGETS);
  return [...found, ...(wide > 0 ? [`${name}: ${wide} px too wide`] : []), ...small.map((each) => `${name}: ${each}`)];
}

/** A finger needs 44 px (WCAG 2.5.5); a label is part of its box. */
const SMALL_TARGETS = `[...document.querySelectorAll('button, a, input:not([type=hidden], [type=checkbox]), label[for=remember]')]
  .filter((each) => each.getBoundingClientRect().height < 44)
  .map((each) => each.outerHTML.slice(0, 60) + ' is less than 44 px high')`;

/** The same of several pages of a site, one after the other. */
export async function troublesOf(
  window: BrowserContext,
  folder: string,
  names: readonly string[],
): Promise<readonly string[]> {
  const page = await window.newPage();
  const found: string[] = [];
  for (const name of names) {
    await page.goto(folder + name);
    found.push(...(await troubles(page, name)));
  }
  return found;
}
