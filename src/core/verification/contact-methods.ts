import type { XmlElement } from '../contracts.ts';

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

/**
 * The status of a reference document: the right root, exactly one direct `<status>`, trimmed and in lower case (D4).
 * Null for anything else.
 */
export function statusOf(root: XmlElement, rootName: string): string | null {
  const found = root.children.filter((child) => child.name === 'status');
  const [status] = found;
  if (
    root.name !== rootName ||
    found.length !== 1 ||
    status === undefined ||
    status.children.length > 0 ||
    status.text.length > 64
  )
    return null;
  return status.text.trim().toLowerCase();
}
