import type { z } from 'zod';
import { explainKeys, type Keys } from './explain/keys.ts';
import { shapeOf } from './explain/shape.ts';
import { valueAt, type Subject } from './explain/subject.ts';
import { meantAlternative } from './explain/union.ts';
import { SEE, wordsFor } from './explain/words.ts';
import { MOST_FINDINGS, type Finding } from './finding.ts';
import type { YamlValue } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/**
 * Turns what a schema refused into findings at the right place, with what to write instead. What follows from a mistake
 * is left out: a key that is missing because it is mistyped, a whole that is wrong because of one of its keys.
 */
export function explainIssues(issues: readonly Issue[], subject: Subject): Finding[] {
  const { file, at } = subject;
  if (at.length === 0 && valueAt(subject, []) === null) {
    const fix = 'See docs/callflows.md for a first one.';
    return [{ code: 'CF103', severity: 'error', message: 'The file is empty.', fix, at: file.place([]) }];
  }
  const keys = new Map<string, Keys>();
  const others: Issue[] = [];
  for (const issue of issues.slice(0, MOST_FINDINGS).flatMap((each) => decided(each, subject))) {
    const isKeys = issue.code === 'unrecognized_keys';
    const value = valueAt(subject, issue.path);
    if (!isKeys && value !== undefined && value !== null) {
      others.push(issue);
      continue;
    }
    const path = isKeys ? issue.path : issue.path.slice(0, -1);
    const id = path.map(String).join('\u0000');
    const here = keys.get(id) ?? { path, unknown: [], missing: [], empty: [] };
    keys.set(id, here);
    if (isKeys) here.unknown.push(...issue.keys.slice(0, MOST_FINDINGS));
    else here[value === undefined ? 'missing' : 'empty'].push(String(issue.path.at(-1)));
  }
  const isRefused = (value: YamlValue | undefined): boolean =>
    typeof value === 'string' && subject.refused?.has(value) === true;
  const follows = (issue: Issue): boolean =>
    issue.code === 'custom'
      ? keys.has(issue.path.map(String).join('\u0000'))
      : issue.code === 'invalid_format' && isRefused(valueAt(subject, issue.path));
  return [
    ...[...keys.values()].flatMap((here) => explainKeys(here, subject)),
    ...others.filter((issue) => !follows(issue)).map((issue) => explainValue(issue, subject)),
  ];
}

/** In place of a union, what is wrong by the alternative that was meant. */
function decided(issue: Issue, subject: Subject): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const inner = meantAlternative(issue, valueAt(subject, issue.path));
  return inner.length === 0 ? [issue] : inner.flatMap((each) => decided(each, subject));
}

function explainValue(issue: Issue, subject: Subject): Finding {
  const { file, at } = subject;
  const path = [...at, ...issue.path];
  const isKey = issue.code === 'invalid_key';
  const known = isKey ? [] : shapeOf(subject.schema).keysAt(issue.path);
  const words = wordsFor(issue, isKey ? String(issue.path.at(-1)) : valueAt(subject, issue.path), known);
  const fix = words.fix === SEE ? (subject.see ?? SEE) : words.fix;
  return {
    code: 'CF102',
    severity: 'error',
    message: words.message,
    fix,
    at: isKey ? file.placeOfKey(path) : file.place(path),
  };
}
