import type { XmlElement } from './contracts/web-service.ts';

/** Characters of a variable that a service sets. */
const MOST_CHARACTERS = 1_000;

/** A status in the one spelling that counts: `Not_Found`, `not-found` and ` not found ` are the same. */
export function statusKey(written: string): string {
  return written
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
}

/** The status of an answer: the text of the one `status` directly under the root; null where there is none, or several. */
export function statusOf(root: XmlElement): string | null {
  const [status, ...others] = root.children.filter((child) => child.name === 'status');
  return status === undefined || others.length > 0 ? null : statusKey(status.text);
}

/**
 * The text at a path of element names that begins with the root's, `@attribute` at the end allowed; the first where
 * several fit, empty where none does. On one line, without control characters, at most 1,000 characters.
 */
export function textAt(root: XmlElement, path: string): string {
  const [first, ...rest] = path.split('/');
  let elements: readonly XmlElement[] = first === root.name ? [root] : [];
  for (const step of rest) {
    if (step.startsWith('@')) return plain(attributeOf(elements, step.slice(1)));
    elements = elements.flatMap((element) => element.children.filter((child) => child.name === step));
  }
  return plain(elements[0]?.text ?? '');
}

function attributeOf(elements: readonly XmlElement[], name: string): string {
  const holder = elements.find((element) => Object.hasOwn(element.attributes, name));
  return holder?.attributes[name] ?? '';
}

function plain(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}/gu, '')
    .trim();
  return Array.from(line).slice(0, MOST_CHARACTERS).join('');
}
