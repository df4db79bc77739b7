import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pageHeaders } from '../../../src/adapters/channels/web/page-headers.ts';
import { PAGE_STYLES, pageHtml, type PageView, type Shown } from '../../../src/adapters/channels/web/page-html.ts';
import type { Page } from '../../../src/core/contracts/pages.ts';
import { readWording } from '../../../src/core/call/wording.ts';
import { PAGE_TEXTS, pageTexts, speaksPages } from '../../../src/core/sign-in/page-texts.ts';
import { STATES, stateHtml, viewOf } from '../../web/page-states.ts';

type Ask = Extract<Page, { kind: 'ask' }>;

function ask(name: string): Ask {
  const shown = STATES[name];
  if (shown?.kind !== 'ask') throw new Error(`${name} asks nothing`);
  return shown;
}

const html = (shown: Shown, changes: Partial<PageView> = {}): string => pageHtml(shown, viewOf('x', changes));
const tags = (page: string): readonly string[] => page.match(/<\/?[a-z][^>]*>/g) ?? [];
const withName = (page: string, name: string): string =>
  tags(page).find((tag) => tag.includes(` name="${name}"`)) ?? 'none';

describe('every page of a web sign-in', () => {
  it.each(Object.keys(STATES))(
    '%s: one document with a title, and nothing that runs or is fetched but its style',
    (name) => {
      const page = stateHtml(name);
      expect(page).toMatch(/^<!doctype html>\n<html lang="en-US" dir="ltr">/);
      expect(page.match(/<h1>[^<]+<\/h1>/g)).toHaveLength(1);
      expect(page).toMatch(/<title>[^<]+<\/title>/);
      expect(page).not.toMatch(/<script|<style|<img|<iframe|<object| on[a-z]+=| style=|javascript:/i);
      expect(page.match(/<link [^>]*>/g)).toEqual(['<link rel="stylesheet" href="../page.css">']);
      const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const named = [...page.matchAll(/ (?:for|aria-labelledby|aria-describedby)="([^"]+)"/g)].flatMap(([, to = '']) =>
        to.split(' '),
      );
      expect(ids).toEqual(expect.arrayContaining(named));
    },
  );

  it('takes no text for markup', () => {
    const text = fc
      .array(
        fc.constantFrom(
          '<b>',
          '</p>',
          '"',
          "'",
          '&amp;',
          '<!--',
          '</title>',
          '<script>',
          ' autofocus',
          'ñ',
          '\u202E',
          '\uD800',
        ),
        {
          minLength: 1,
          maxLength: 5,
        },
      )
      .map((parts) => `x${parts.join('')}x`);
    const plain = tagNames(filled('x'));
    fc.assert(
      fc.property(text, (words) => {
        expect(tagNames(filled(words))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });

  it('is in the language of its words, from right to left where that is written so', () => {
    const texts = pageTexts({ locale: 'ar-EG', prompts: new Map() });
    const said = { prompt: 'a', text: 'English', language: 'en-US' };
    const page = html({ kind: 'end', words: [said, { ...said, language: 'ar-EG' }] }, { texts });
    expect(page).toContain('<html lang="ar-EG" dir="rtl">');
    expect(page).toContain('<p data-prompt="a" lang="en-US" dir="ltr">English</p>');
    expect(page).toContain('<p data-prompt="a">English</p>');
  });

  it('wears the theme of the operator after its own style', () => {
    const page = html({ kind: 'end', words: [] }, { hasTheme: true });
    expect(page).toMatch(/page\.css">\n<link rel="stylesheet" href="\.\.\/theme\.css">/);
  });
});

/** A page with these words in all places. */
function filled(words: string): string {
  const said = { prompt: words, text: words, language: words };
  const form = {
    block: words,
    options: [{ key: '1', name: words, text: words, language: words }],
    entry: { digits: 6, isCode: true },
  };
  const texts = { language: 'en-US', text: () => words };
  const view: PageView = { action: words, texts, mayRemember: true, remember: true, hasTheme: false, back: words };
  const shown: readonly Shown[] = [
    { kind: 'ask', words: [said], form, nonce: words },
    { kind: 'hold', words: [said], nonce: words },
    { kind: 'end', words: [said] },
    { kind: 'refused', why: 'expired' },
  ];
  return shown.map((each) => pageHtml(each, view)).join('');
}

/** Elements with the names of their attributes. */
function tagNames(page: string): readonly string[] {
  return tags(page).map((tag) => tag.replaceAll(/="[^"]*"/g, '').replaceAll(/ dir/g, ''));
}

describe('the page of a question', () => {
  it('has a button for each choice in the one form of the turn', () => {
    const page = stateHtml('choose-method');
    expect(tags(page).filter((tag) => tag.startsWith('<form'))).toEqual([
      '<form method="post" action="/enhanced-authentication/page/choose-method">',
    ]);
    expect(withName(page, 'turn')).toContain('value="nonce-of-this-turn-1234"');
    const buttons = [...page.matchAll(/<button [^>]*name="key" value="(.)"[^>]*>([^<]*)</g)].map(([, key, text]) => [
      key,
      text,
    ]);
    expect(buttons).toEqual([
      ['1', 'Email to a***@example.com'],
      ['2', 'Text message to the number ending in 56'],
      ['3', 'Google Authenticator'],
    ]);
    expect(withName(page, 'entry')).toBe('none');
  });

  it('has a field that browsers fill in from a message, and phones show figures for', () => {
    const field = withName(stateHtml('enter-code'), 'entry');
    for (const part of [
      'inputmode="numeric"',
      'autocomplete="one-time-code"',
      'required',
      'maxlength="12"',
      'autofocus',
    ])
      expect(field).toContain(part);
    expect(withName(stateHtml('number'), 'entry')).toContain('autocomplete="off"');
  });

  it.each([
    ['123456', true],
    ['123 456', true],
    [' 12-34-56 ', true],
    ['12345', false],
    ['1234567', false],
    ['12345a', false],
    ['１２３４５６', false],
  ])('takes the entry %j for a code of 6 digits: %s', (entry, fits) => {
    const pattern = / pattern="([^"]*)"/.exec(withName(stateHtml('enter-code'), 'entry'))?.[1] ?? '';
    // As browsers compile it.
    expect(new RegExp(`^(?:${pattern})$`, 'v').test(entry)).toBe(fits);
  });

  it('goes on by Enter with what was typed, not by the button beside it', () => {
    expect(tags(stateHtml('enter-code')).filter((tag) => tag.startsWith('<button'))).toEqual([
      '<button class="primary" type="submit">',
      '<button class="other" type="submit" name="key" value="*" formnovalidate>',
    ]);
  });

  it.each([
    ['wrong-code', true],
    ['wrong-length', true],
    ['new-code', true],
    ['enter-code', false],
    ['number', false],
  ])('%s: says that something went wrong: %s', (name, isTrouble) => {
    const page = stateHtml(name);
    expect(page.includes('class="trouble"')).toBe(isTrouble);
    expect(withName(page, 'entry').includes('aria-invalid="true"')).toBe(isTrouble);
    expect(withName(page, 'entry')).toContain('aria-describedby="words');
  });

  it('does not show the question in a second try as something that went wrong', () => {
    const words = [{ prompt: 'wrong-code.again', text: 'Enter the 6 digits.', language: 'en-US' }];
    expect(html({ ...ask('enter-code'), words })).not.toContain('trouble');
  });
});

describe('remembering the device', () => {
  it('is the wish of the user: never ticked by itself', () => {
    const box = withName(stateHtml('enter-code'), 'remember');
    expect(box).toContain('type="checkbox"');
    expect(box).not.toContain('checked');
    expect(withName(stateHtml('enter-code', { remember: true }), 'remember')).toContain('checked');
  });

  it('stays wished for while something is chosen', () => {
    expect(withName(stateHtml('more-options'), 'remember')).toBe('none');
    expect(withName(stateHtml('more-options', { remember: true }), 'remember')).toContain('type="hidden"');
  });

  it.each(['enter-code', 'more-options'])('%s: is not offered where devices are not remembered', (name) => {
    expect(withName(stateHtml(name, { mayRemember: false, remember: true }), 'remember')).toBe('none');
  });
});

describe('a page that asks nothing', () => {
  it.each(['hold', 'moved'])('%s: asks again by itself, and by a link', (name) => {
    const page = stateHtml(name);
    expect(page).toContain('<meta http-equiv="refresh" content="1">');
    expect(page).toContain('href="/enhanced-authentication/page/hold"'.replace('hold', name));
    expect(page).toContain('One moment, please.');
  });

  it('is not reloaded when it says how the sign-in ended', () => {
    for (const name of ['end', 'expired', 'unavailable']) expect(stateHtml(name)).not.toContain('http-equiv');
  });

  it('tells nobody whether there ever was such a page', () => {
    expect(stateHtml('unknown')).toBe(stateHtml('expired'));
  });

  it('leads to a new sign-in where the way is known', () => {
    expect(stateHtml('expired')).toContain('href="https://platform.example.com/"');
    expect(stateHtml('expired', { back: null })).not.toContain('<a ');
  });
});

describe("the page's own words", () => {
  const prompts = new Map([['page-title', readWording('Willkommen', 'de-DE')]]);

  it.each(PAGE_TEXTS)('%s is there in English and in Spanish', (name) => {
    const [english, spanish] = ['en-GB', 'es-MX'].map((locale) =>
      pageTexts({ locale, prompts: new Map() }).text(name, { digits: 1 }),
    );
    if (name === 'page-brand') expect([english, spanish]).toEqual(['', '']);
    else expect(english).not.toBe(spanish);
  });

  it('are those of the prompts where these have them, else English', () => {
    const texts = pageTexts({ locale: 'de-DE', prompts });
    expect([texts.text('page-title'), texts.text('page-continue')]).toEqual(['Willkommen', 'Continue']);
    expect(['en-US', 'es', 'de-DE', 'est-EE'].map(speaksPages)).toEqual([true, true, false, false]);
  });
});

describe('what a page may do', () => {
  const headers = pageHeaders(['https://platform.example.com']);

  it('is held by a strict policy', () => {
    expect(headers['Content-Security-Policy']).toBe(
      "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self' https://platform.example.com; frame-ancestors 'none'; base-uri 'none'",
    );
    expect(headers).toMatchObject({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'same-origin' });
  });

  it('has a style that fetches nothing', () => {
    for (const style of PAGE_STYLES.values()) expect(style).not.toMatch(/url\(|@import/);
  });
});

describe('docs/web-sign-in.md', () => {
  const docs = readFileSync('docs/web-sign-in.md', 'utf8');
  const style = [...PAGE_STYLES.values()].join('');

  it.each(PAGE_TEXTS.filter((name) => !name.endsWith('-help')))('tells of the prompt %s', (name) => {
    expect(docs).toContain(`\`${name}\``);
  });

  it.each([...new Set(style.match(/(?<=--dialproof-)[a-z-]+(?=:)/g))])(
    'tells of the property --dialproof-%s',
    (name) => {
      expect(docs).toContain(`\`${name}\``);
    },
  );
});
