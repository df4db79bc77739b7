import type { XmlElement } from '../../core/contracts.ts';

/** Longest status text, in characters. */
const LONGEST = 64;

export type StatusRead =
  /** Trimmed and in lower case (D4). */
  { readonly kind: 'status'; readonly status: string } | { readonly kind: 'failed'; readonly reason: string };

/**
 * Reads the status of a service's answer (G33, G42, G46): the expected root, in its exact spelling, with exactly one
 * `<status>` directly in it. Anything else is a failure, never a status.
 */
export function readStatusDocument(root: XmlElement, expectedRoot: string): StatusRead {
  if (root.name !== expectedRoot) return failed(`the root element is not <${expectedRoot}>`);
  const [status, ...more] = root.children.filter((child) => child.name === 'status');
  if (status === undefined) return failed('no <status>');
  if (more.length > 0) return failed('more than one <status>');
  if (status.children.length > 0) return failed('<status> holds elements');
  if (status.text === '') return failed('<status> is empty');
  if (status.text.length > LONGEST) return failed(`<status> is over ${LONGEST} characters`);
  return { kind: 'status', status: status.text.toLowerCase() };
}

function failed(reason: string): StatusRead {
  return { kind: 'failed', reason };
}
