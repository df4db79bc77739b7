import { pageHeaders } from '../../src/adapters/channels/web/page-headers.ts';
import {
  PAGE_STYLES,
  pageHtml,
  type PageView,
  type Refusal,
  type Shown,
} from '../../src/adapters/channels/web/page-html.ts';
import type { Page, PageForm, PageWords } from '../../src/core/contracts/pages.ts';
import { pageTexts } from '../../src/core/sign-in/page-texts.ts';
import type { Served } from '../support/browser.ts';

const LANGUAGE = 'en-US';
const words = (prompt: string, text: string): PageWords => ({ prompt, text, language: LANGUAGE });
const option = (key: string, name: string, text: string): PageForm['options'][number] => ({
  key,
  name,
  text,
  language: LANGUAGE,
});

const ENTER = 'We sent a code by text message to the number ending in 56. Enter its 6 digits.';
const NO_CODE = option('*', 'star', 'I have no code');
const CODE: PageForm = { block: 'enter-code', options: [NO_CODE], entry: { digits: 6, isCode: true } };

function ask(form: PageForm, ...said: readonly PageWords[]): Page {
  return { kind: 'ask', form, words: said, nonce: 'nonce-of-this-turn-1234' };
}

function menu(block: string, ...options: PageForm['options']): PageForm {
  return { block, options, entry: null };
}

const refused = (why: Refusal): Shown => ({ kind: 'refused', why });

/** Everything that a page of a web sign-in can look like, by name. */
export const STATES: Readonly<Record<string, Shown>> = {
  'choose-method': ask(
    menu(
      'choose-method',
      option('1', 'email', 'Email to a***@example.com'),
      option('2', 'sms', 'Text message to the number ending in 56'),
      option('3', 'authenticator', 'Google Authenticator'),
    ),
    words('choose-method.ask', 'How would you like to get your sign-in code?'),
  ),
  'enter-code': ask(CODE, words('enter-code.sms', ENTER)),
  'wrong-code': ask(
    CODE,
    words('wrong-code.ask', 'That code did not match. You have 2 tries left. Enter the 6 digits.'),
  ),
  'wrong-length': ask(
    CODE,
    words('wrong-length', 'That was not the right number of digits.'),
    words('enter-code.again', 'Enter the 6 digits of your code.'),
  ),
  'new-code': ask(
    CODE,
    words('new-code', 'That code cannot be used any more. We are sending you a new one.'),
    words('enter-code.sms', `${ENTER} Use the newest one.`),
  ),
  number: ask(
    { block: 'number', options: [], entry: { digits: null, isCode: false } },
    words('number.ask', 'Please enter your customer number.'),
  ),
  'more-options': ask(
    menu(
      'more-options',
      option('1', 'send', 'Send a new code'),
      option('2', 'choose-method', 'Get a code another way'),
      option('3', 'enter-code', 'Go back and enter the code'),
    ),
    words('more-options.ask', 'What would you like to do?'),
  ),
  'could-not-send': ask(
    menu('not-delivered', option('1', 'send', 'Try again'), option('2', 'choose-method', 'Get it another way')),
    words('could-not-send.ask', 'Sorry, we could not send your code.'),
  ),
  hold: { kind: 'hold', words: [words('one-moment', 'One moment, please.')], nonce: 'n' },
  moved: { kind: 'moved', nonce: 'n' },
  end: { kind: 'end', words: [words('please-call', 'We cannot sign you in here. Please call us.')] },
  expired: refused('expired'),
  unknown: refused('unknown'),
  'of-another': refused('of-another'),
  'outside-hours': refused('outside-hours'),
  unavailable: refused('unavailable'),
  'too-many': refused('too-many'),
};

export const PLACE = '/enhanced-authentication/page/';

export function viewOf(name: string, changes: Partial<PageView> = {}): PageView {
  return {
    action: PLACE + name,
    texts: pageTexts({ locale: LANGUAGE, prompts: new Map() }),
    mayRemember: true,
    remember: false,
    hasTheme: false,
    back: 'https://platform.example.com/',
    ...changes,
  };
}

export function stateHtml(name: string, changes: Partial<PageView> = {}): string {
  const shown = STATES[name];
  if (shown === undefined) throw new Error(`no state ${name}`);
  return pageHtml(shown, viewOf(name, changes));
}

/** All states as a site, and whatever else it has. None reloads itself while somebody looks at it. */
export function pageSite(changes: Partial<PageView> = {}, more: ReadonlyMap<string, Served> = new Map()) {
  const headers = pageHeaders(['https://platform.example.com']);
  const pages = Object.keys(STATES).map((name): [string, Served] => [
    PLACE + name,
    {
      type: 'text/html; charset=utf-8',
      body: stateHtml(name, changes).replace('content="1"', 'content="600"'),
      headers,
    },
  ]);
  const styles = [...PAGE_STYLES].map(([name, body]): [string, Served] => [
    `/enhanced-authentication/${name}`,
    { type: 'text/css; charset=utf-8', body },
  ]);
  return new Map([...pages, ...styles, ...more]);
}
