import type { XmlElement } from '../contracts/web-service.ts';

/** One `<method>` of the document, its name in lower case (D4); `value` is empty where none was given (G37). */
export interface ListedMethod {
  readonly name: string;
  readonly value: string;
}

/** What the Check Verified Contact Methods document says (G33-G36); null when it is not such a document. */
export function readContactMethods(
  root: XmlElement,
): { readonly status: 'success' | 'not found'; readonly methods: readonly ListedMethod[] } | null {
  const status = statusOf(root, 'checkVerifiedContactMethods');
  if (status !== 'success' && status !== 'not found') return null;
  const lists = root.children.filter((child) => child.name === 'methods');
  const methods = lists.flatMap((list) => list.children).filter((child) => child.name === 'method');
  return {
    status,
    methods: methods.map(({ attributes }) => ({
      name: (attributes['name'] ?? '').trim().toLowerCase(),
      value: (attributes['value'] ?? '').trim(),
    })),
  };
}

/** In characters. */
const LONGEST_STATUS = 64;

/**
 * The status of a reference document: the right root, exactly one direct `<status>`, trimmed and in lower case (D4).
 * Null for anything else: an empty one, one of over 64 characters, one that holds elements.
 */
export function statusOf(root: XmlElement, rootName: string): string | null {
  const [status, ...more] = root.children.filter((child) => child.name === 'status');
  if (root.name !== rootName || status === undefined || more.length > 0 || status.children.length > 0) return null;
  const text = status.text.trim();
  return text === '' || text.length > LONGEST_STATUS ? null : text.toLowerCase();
}
