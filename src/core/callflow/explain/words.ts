import type { z } from 'zod';
import { phrase, phraseFirst } from '../phrase.ts';
import { similar } from '../similar.ts';
import type { YamlValue } from '../yaml.ts';

type Issue = z.core.$ZodIssue;

export interface Words {
  readonly message: string;
  readonly fix: string;
}

/** The fix where there is nothing better to say. */
export const SEE = 'See the settings and verbs in docs/callflows.md.';
const DUE: Readonly<Record<string, string>> = {
  object: 'names with values are due',
  record: 'names with values are due',
  array: 'a list is due',
  string: 'a text is due',
};

/** What a value is refused for and what to write, with the schema's own words where it has some. */
export function wordsFor(issue: Issue, value: YamlValue | undefined, known: readonly string[]): Words {
  if (issue.code === 'invalid_key') return ownWords(issue.issues[0]?.message ?? issue.message, issue.code, value);
  if (issue.code === 'invalid_union' && issue.message === 'Invalid input')
    return {
      message: `${phraseFirst(value)} is not possible here.`,
      fix: typeof value === 'object' ? only(value) : SEE,
    };
  if (!/^(?:Invalid|Too (?:big|small)|Unrecognized)\b/.test(issue.message)) {
    if (issue.code === 'invalid_union' && !isGroup(value) && takesGroup(issue))
      return { message: wrongKind('object', value, known).message, fix: issue.message };
    const isWhole = issue.code === 'custom' || issue.code === 'too_small' || issue.code === 'too_big';
    if (!Array.isArray(value) || isWhole) return ownWords(issue.message, issue.code, value);
    const fix = issue.code === 'invalid_union' ? issue.message : only(value);
    return { message: 'A list is not possible here.', fix };
  }
  if (issue.code === 'invalid_type') return wrongKind(issue.expected, value, known);
  if (issue.code === 'invalid_value') return wrongValue(issue.values.map(String), value);
  if (issue.code === 'too_big' && typeof value === 'string') {
    const message = `This text has ${value.length} characters; at most ${issue.maximum} are possible.`;
    return { message, fix: 'Make it shorter.' };
  }
  return { message: issue.message, fix: SEE };
}

/** A schema's message: what happened, and in the sentences after the first what to write. */
function ownWords(message: string, code: Issue['code'], value: YamlValue | undefined): Words {
  // The schema saw what the environment holds, which is nobody's to read here.
  if (typeof value === 'string' && value.includes('${'))
    return { message: `What ${value} holds is not possible here.`, fix: SEE };
  const [, first = message, rest] = /^(.*?[^.]\.) (?=[A-Z`"])(.+)$/s.exec(message) ?? [];
  if (rest !== undefined) return { message: first, fix: rest };
  const isExpectation = code !== 'custom' || /\bgoes here\b|^At (?:least|most)\b|^How many\b/.test(message);
  const isNamed =
    typeof value === 'object' ||
    (/^\d/.test(message) && message.startsWith(`${String(value)} `)) ||
    message.includes(phrase(value));
  return isNamed || !isExpectation
    ? { message, fix: SEE }
    : { message: `${phraseFirst(value)} is not possible here.`, fix: message };
}

function wrongKind(expected: string, value: YamlValue | undefined, known: readonly string[]): Words {
  const due = DUE[expected];
  if (due === undefined) return { message: `${phraseFirst(value)} is not possible here.`, fix: SEE };
  const message = `${phraseFirst(value)} stands here, and ${due}.`;
  if (expected === 'array')
    return { message, fix: typeof value === 'object' ? 'Write [one, two].' : `Write [${String(value)}].` };
  if (expected === 'string')
    return { message, fix: typeof value === 'object' ? only(value) : `Put it in quotes: "${String(value)}".` };
  const how = Array.isArray(value)
    ? 'Leave out the dashes or square brackets, and write `name: value`.'
    : 'Write `name: value` under it, or { name: value } behind it.';
  return { message, fix: known.length === 0 ? how : `${how} Known here: ${known.join(', ')}.` };
}

function wrongValue(possible: readonly string[], value: YamlValue | undefined): Words {
  const near = typeof value === 'object' ? undefined : similar(String(value), possible);
  return {
    message: `${phraseFirst(value)} is not possible here.${near === undefined ? '' : ` Did you mean ${phrase(near)}?`}`,
    fix: `Possible: ${possible.join(', ')}.`,
  };
}

/** For a list, and names with values, where one value is due. */
function only(value: YamlValue | undefined): string {
  const [first] = Object.values(value ?? {}) as readonly YamlValue[];
  return typeof first === 'object' || first === undefined
    ? 'Write one value.'
    : `Write one value, for example ${String(first)}.`;
}

function isGroup(value: YamlValue | undefined): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether every alternative is a group of names with values. */
function takesGroup(issue: Extract<Issue, { code: 'invalid_union' }>): boolean {
  return issue.errors.every((errors) =>
    errors.some((each) => each.path.length === 0 && each.code === 'invalid_type' && each.expected === 'object'),
  );
}
