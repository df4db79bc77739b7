import type { XmlElement } from '../core/contracts/web-service.ts';

/** An element of an answer, as the reader of XML would have made it. */
export function element(
  name: string,
  content: string | readonly XmlElement[],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return typeof content === 'string'
    ? { name, attributes, children: [], text: content }
    : { name, attributes, children: content, text: '' };
}
