import type { z } from 'zod';

type Issue = z.core.$ZodIssue;
type UnionIssue = Extract<Issue, { code: 'invalid_union' }>;

/**
 * What is wrong by the alternative that was probably meant: the one with a mistake furthest inside, else the one that
 * knows most of the keys. Empty when that cannot be told: then the union's own message says what is possible.
 */
export function meantAlternative(issue: UnionIssue, written: unknown): readonly Issue[] {
  const keys = typeof written === 'object' && written !== null && !Array.isArray(written) ? Object.keys(written) : null;
  // What is not even of the kind that is written there was not meant.
  const ofKind = issue.errors.filter((errors) => !errors.some(isOtherKind));
  const alternatives = (ofKind.length > 0 ? ofKind : issue.errors).map((errors) => {
    const issues = errors.map((inner): Issue => ({ ...inner, path: [...issue.path, ...inner.path] }));
    return { issues, unlikely: unlikely(issues, issue.path, keys ?? []) };
  });
  const [best, second] = alternatives.sort((a, b) => compare(a.unlikely, b.unlikely));
  if (best === undefined) return [];
  const everyUnknown = unknownToAll(
    alternatives.map(({ issues }) => issues),
    issue.path,
  );
  if (everyUnknown !== null) return [everyUnknown];
  const isTie = second !== undefined && compare(best.unlikely, second.unlikely) === 0;
  // A key of another alternative: which of the two was meant is not for us to tell.
  const isMixed = best.issues.some(
    (each) => each.code === 'unrecognized_keys' && each.path.length === issue.path.length,
  );
  // Of a text or a list that is none of the alternatives, only what is wrong inside says which was meant.
  const isInside = keys !== null || best.issues.every((each) => each.path.length > issue.path.length);
  return !isInside || isTie || isMixed ? [] : best.issues;
}

function isOtherKind({ code, path }: Issue): boolean {
  return path.length === 0 && (code === 'invalid_type' || code === 'invalid_value');
}

/** Keys that no alternative knows are the mistake, whichever alternative was meant. */
function unknownToAll(alternatives: readonly (readonly Issue[])[], path: readonly PropertyKey[]): Issue | null {
  const unknown = alternatives.map((issues) =>
    issues.find((issue) => issue.code === 'unrecognized_keys' && issue.path.length === path.length),
  );
  const [first] = unknown;
  if (first?.code !== 'unrecognized_keys') return null;
  const keys = first.keys.filter((key) =>
    unknown.every((each) => each?.code === 'unrecognized_keys' && each.keys.includes(key)),
  );
  return keys.length === 0 ? null : { ...first, keys };
}

/** How little speaks for an alternative, the weightiest first. */
function unlikely(issues: readonly Issue[], path: readonly PropertyKey[], keys: readonly string[]): readonly number[] {
  const unknown = issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
  const here = issues.filter((issue) => issue.path.length <= path.length && issue.code !== 'unrecognized_keys');
  return [here.length, unknown.length - keys.length, issues.length];
}

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((value, at) => value !== b[at]);
  return (a[index] ?? 0) - (b[index] ?? 0);
}
