import { cleanText } from '../clean-text.ts';

/** XML as text, without what XML cannot hold: a document of a reply is written in every turn, and building a tree first takes ten times as long. */

/** One element; attributes that are undefined are left out. `content` is XML already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = '',
): string {
  let written = `<${name}`;
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined) written += ` ${key}="${attribute(String(value))}"`;
  }
  return content === '' ? `${written}/>` : `${written}>${content}</${name}>`;
}

export function text(value: string): string {
  return escaped(value, /[&<>\r]/g);
}

/** A comment holds no two hyphens after each other. */
export function comment(value: string): string {
  return `<!-- ${cleanText(value).replaceAll(/-(?=-)/g, '- ')} -->`;
}

function attribute(value: string): string {
  return escaped(value, /[&<>"\t\n\r]/g);
}

const NAMED = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

/** White space that would be read as another is written by its number (XML 1.0, 2.11 and 3.3.3). */
function escaped(value: string, what: RegExp): string {
  const byNumber = (character: string): string => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;
  return cleanText(value).replaceAll(what, (character) => NAMED.get(character) ?? byNumber(character));
}
