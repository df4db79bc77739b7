import { markup, when, type Html } from '../../../core/markup.ts';
import type { Page, PageWords } from '../../../core/contracts/pages.ts';
import type { PageTexts } from '../../../core/sign-in/page-texts.ts';
import { formHtml } from './form-html.ts';
import { mark, type Mark } from './marks.ts';
import { PAGE_STYLE } from './page-style.ts';

/** Why a page shows no question. */
export type Refusal = 'unknown' | 'expired' | 'of-another' | 'outside-hours' | 'unavailable' | 'too-many';

export type Shown = Page | { readonly kind: 'refused'; readonly why: Refusal };

export interface PageView {
  /** Where its form is posted to: the page's own address. */
  readonly action: string;
  readonly texts: PageTexts;
  /** Whether the user may ask to have the device remembered. */
  readonly mayRemember: boolean;
  /** What the user said last about it. */
  readonly remember: boolean;
  /** Whether the operator has a stylesheet, `theme.css`. */
  readonly hasTheme: boolean;
  /** Where a sign-in can be begun again; null where nobody knows. */
  readonly back: string | null;
}

/** The stylesheets that are served beside the folder of the pages, by name; a theme, `theme.css`, is the operator's own. */
export const PAGE_STYLES: ReadonlyMap<string, string> = new Map([['page.css', PAGE_STYLE]]);

/** One page as a whole document: no script, nothing from elsewhere; whatever is shown is text. */
export function pageHtml(shown: Shown, view: PageView): string {
  const { title, content, waits = false, sign } = contentOf(shown, view);
  const { texts, hasTheme } = view;
  const brand = texts.text('page-brand');
  const page = markup`<html lang="${texts.language}" dir="${directionOf(texts.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
${when(waits, () => markup`<meta http-equiv="refresh" content="1">\n`)}<title>${[title, brand].filter((each) => each !== '').join(' - ')}</title>
<link rel="stylesheet" href="../page.css">
${when(hasTheme, () => markup`<link rel="stylesheet" href="../theme.css">\n`)}</head>
<body>
<main>
${when(brand !== '', () => markup`<p class="brand">${brand}</p>\n`)}${mark(sign)}
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
  return `<!doctype html>\n${page.text}`;
}

interface Content {
  readonly title: string;
  readonly content: Html;
  /** Whether the browser asks again by itself. */
  readonly waits?: boolean;
  readonly sign: Mark;
}

function contentOf(shown: Shown, view: PageView): Content {
  const { texts } = view;
  switch (shown.kind) {
    case 'ask':
      return { title: texts.text('page-title'), content: question(shown, view), sign: 'lock' };
    case 'hold':
    case 'moved': {
      const words = shown.kind === 'hold' ? shown.words : [];
      const said = words.length > 0 ? wordsHtml(words, texts) : sentence(texts.text('page-hold'));
      const onwards = markup`${said}\n<p class="away"><a class="button other" href="${view.action}">${texts.text('page-continue')}</a></p>`;
      return { title: texts.text('page-title'), content: onwards, waits: true, sign: 'waiting' };
    }
    case 'end':
      return {
        title: texts.text('page-end'),
        content: withWayBack(wordsHtml(shown.words, texts), view),
        sign: 'trouble',
      };
    case 'refused': {
      const name = REFUSALS[shown.why];
      const help = sentence(texts.text(`${name}-help`));
      return { title: texts.text(name), content: withWayBack(help, view), sign: 'trouble' };
    }
  }
}

type RefusalText = `page-${'expired' | 'other-browser' | 'outside-hours' | 'unavailable' | 'too-many'}`;

/** Nobody is told whether there ever was such a page. */
const REFUSALS: Readonly<Record<Refusal, RefusalText>> = {
  unknown: 'page-expired',
  expired: 'page-expired',
  'of-another': 'page-other-browser',
  'outside-hours': 'page-outside-hours',
  unavailable: 'page-unavailable',
  'too-many': 'page-too-many',
};

function question({ words, form, nonce }: Extract<Page, { kind: 'ask' }>, view: PageView): Html {
  const isTrouble = words.some(saysTrouble);
  return markup`${wordsHtml(words, view.texts)}\n${formHtml({ form, nonce, isTrouble }, view)}`;
}

function withWayBack(content: Html, { back, texts }: PageView): Html {
  if (back === null) return content;
  return markup`${content}\n<p class="away"><a class="button primary" href="${back}">${texts.text('page-again')}</a></p>`;
}

function sentence(text: string): Html {
  return markup`<div class="words"><p>${text}</p></div>`;
}

function wordsHtml(words: readonly PageWords[], { language: around }: PageTexts): Html {
  const said = words.filter(({ text }) => text !== '');
  return markup`<div class="words" id="words">${said.map((each) => {
    const { text, language, prompt } = each;
    const tongue = when(language !== around, () => markup` lang="${language}" dir="${directionOf(language)}"`);
    const look = when(saysTrouble(each), () => markup` class="trouble"`);
    return markup`<p data-prompt="${prompt}"${look}${tongue}>${text}</p>`;
  })}</div>`;
}

/** A prompt whose name says that something went wrong. Its `again` is the question alone. */
const TROUBLE = /^(?:(?:wrong|could-not)-[a-z0-9-]+(?:\.ask)?|silence|unknown-key|new-code|technical-problem)$/;

function saysTrouble({ prompt }: PageWords): boolean {
  return TROUBLE.test(prompt);
}

/** Languages that are written from right to left. */
const RIGHT_TO_LEFT = /^(?:ar|arc|ckb|dv|fa|he|ks|ps|sd|syr|ug|ur|yi)(?:-|$)/i;

function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.test(language) ? 'rtl' : 'ltr';
}
