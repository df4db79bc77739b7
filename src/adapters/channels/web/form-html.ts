import { markup, when, type Html } from '../../../core/markup.ts';
import type { PageForm } from '../../../core/contracts/pages.ts';
import type { PageView } from './page-html.ts';

interface Asked {
  readonly form: PageForm;
  readonly nonce: string;
  /** The words say that something went wrong. */
  readonly isTrouble: boolean;
}

/**
 * The form of a question, whose fields are `turn` (the nonce), `key` (of the button that was used) or `entry` (what was
 * typed), and `remember`. Enter in the field is its first button.
 */
export function formHtml(asked: Asked, view: PageView): Html {
  const { form, nonce } = asked;
  return markup`<form method="post" action="${view.action}">
<input type="hidden" name="turn" value="${nonce}">
${form.entry === null ? choices(form, view) : entry(asked, view)}
</form>`;
}

function choices(form: PageForm, view: PageView): Html {
  // Who has asked for it on a page before has not changed their mind by choosing.
  const wish = view.mayRemember && view.remember;
  return markup`${when(wish, () => markup`<input type="hidden" name="remember" value="yes">\n`)}<div class="buttons" role="group" aria-labelledby="words">${buttons(form, view, 'choice')}</div>`;
}

function entry({ form, isTrouble }: Asked, view: PageView): Html {
  const { texts, mayRemember } = view;
  const { digits = null, isCode = false } = form.entry ?? {};
  const hint = digits === null ? '' : texts.text('page-digits', { digits });
  const most = digits ?? MOST_DIGITS;
  // People type codes as they read them: "123 456".
  const pattern = `\\s*(?:[0-9][\\s\\-]*){${digits ?? `1,${MOST_DIGITS}`}}`;
  return markup`<div class="field">
<label for="entry">${texts.text(isCode ? 'page-code' : 'page-number')}</label>
${when(hint !== '', () => markup`<p class="hint" id="hint">${hint}</p>\n`)}<input id="entry" name="entry" type="text" inputmode="numeric" autocomplete="${isCode ? 'one-time-code' : 'off'}" spellcheck="false" pattern="${pattern}" maxlength="${most * 2}"${when(hint !== '', () => markup` title="${hint}"`)} required autofocus aria-describedby="words${hint === '' ? '' : ' hint'}"${when(isTrouble, () => markup` aria-invalid="true"`)}>
</div>
${when(mayRemember, () => remember(view))}<div class="buttons"><button class="primary" type="submit">${texts.text('page-continue')}</button>${buttons(form, view, 'other')}</div>`;
}

const MOST_DIGITS = 32;

/** Never ticked but by the user. */
function remember({ texts, remember: isTicked }: PageView): Html {
  return markup`<div class="remember"><input id="remember" name="remember" type="checkbox" value="yes" aria-describedby="remember-hint"${when(isTicked, () => markup` checked`)}><label for="remember">${texts.text('page-remember')}</label><p class="hint" id="remember-hint">${texts.text('page-remember-help')}</p></div>
`;
}

function buttons({ options }: PageForm, { texts }: PageView, look: 'choice' | 'other'): readonly Html[] {
  return options.map(({ key, text, language }) => {
    const tongue = when(language !== texts.language, () => markup` lang="${language}"`);
    return markup`<button class="${look}" type="submit" name="key" value="${key}" formnovalidate${tongue}>${text}</button>`;
  });
}
