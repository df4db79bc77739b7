import { suggestion } from '../similar.ts';
import { EMAIL_HTML } from './sent-messages.ts';
import type { Rule } from './rule.ts';
import { wordedIn } from './worded.ts';

/** What an email is laid out with, and nothing that runs, loads or asks for something. */
const ELEMENTS =
  'html head title body div span center p br hr h1 h2 h3 h4 b strong i em u small code a ul ol li table thead tbody tr th td'.split(
    ' ',
  );
const ATTRIBUTES =
  'style lang dir role align valign width height bgcolor color border href cellpadding cellspacing colspan rowspan'.split(
    ' ',
  );
const RUNS = 'script iframe object embed form input button svg math template'.split(' ');
const LOADS = 'img link style base meta video audio source picture frame frameset'.split(' ');

const TAG = /<(?:"[^"]*"|'[^']*'|[^"'<>])*>?/g;
const ATTRIBUTE = /([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g;

/** The HTML of an email runs nothing and loads nothing: mail programs block it, and it would tell who reads the code. */
export const safeHtml: Rule = {
  code: 'CF329',
  severity: 'error',
  stage: 'names',
  of: 'prompts',
  *check(file) {
    for (const { kind, key, written, path } of wordedIn(file)) {
      if (kind !== 'message' || key !== EMAIL_HTML) continue;
      for (const { 0: tag, index } of written.matchAll(TAG)) {
        const found = wrongWith(tag);
        if (found === null) continue;
        const [message, fix] = found;
        yield {
          at: file.yaml.placeIn(path, index, index + tag.length),
          message,
          fix,
        };
      }
    }
  },
};

type Wrong = readonly [message: string, fix: string];

const LAYOUT = `Elements that an email may have: ${ELEMENTS.join(', ')}.`;

function wrongWith(tag: string): Wrong | null {
  if (/^<!doctype html>$/i.test(tag)) return null;
  const name = /^<\/?([a-z][a-z0-9]*)/i.exec(tag)?.[1]?.toLowerCase();
  if (name === undefined || !tag.endsWith('>'))
    return [`"${tag.slice(0, 40)}" is no tag.`, 'Write &lt; for the sign itself, and leave comments out.'];
  if (RUNS.includes(name)) return [`<${name}> would run or ask something in the reader's mail program.`, LAYOUT];
  if (LOADS.includes(name))
    return [`<${name}> loads something or changes how it is loaded: that tells who reads the code, and when.`, LAYOUT];
  if (!ELEMENTS.includes(name)) return [`<${name}> is not known.${suggestion(name, ELEMENTS)}`, LAYOUT];
  if (tag.includes('{')) return ['A value stands inside of a tag.', 'Write it in the text, between the tags.'];
  return wrongAttribute(tag.slice(tag.search(/\s|\/?>/), -1), name);
}

function wrongAttribute(attributes: string, element: string): Wrong | null {
  for (const [, written = '', quoted = ''] of attributes.matchAll(ATTRIBUTE)) {
    const name = written.toLowerCase();
    const value = quoted.replace(/^["']|["']$/g, '');
    if (!ATTRIBUTES.includes(name))
      return [
        name.startsWith('on') ? `"${name}" would run a script.` : `"${name}" does not belong into <${element}>.`,
        `Attributes that there may be: ${ATTRIBUTES.join(', ')}.`,
      ];
    if (name === 'href' && (element !== 'a' || !/^(?:https:\/\/|mailto:|tel:)/i.test(value)))
      return [`"${value}" is no address for a link.`, 'Links are <a href="..."> with https:, mailto: or tel:.'];
    if (name === 'style' && /url\s*\(|@import|expression|\\|&/i.test(value))
      return ['This style loads something or hides what it does.', 'Write plain values: style="font-size: 24px".'];
  }
  return null;
}
