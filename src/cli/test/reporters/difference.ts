import { diffArrays } from 'diff';
import type { Played } from '../../../simulator/record.ts';

export interface DifferenceLine {
  readonly sign: '-' | '+' | ' ';
  readonly prompt: string;
}

/** Prompts on either side of a difference that are told as well. */
const CONTEXT = 2;

/**
 * The shortest difference between the prompts that the scenario names up to where it failed and those that were heard;
 * empty where every one of these was heard. Others may be heard between them: these are told only beside what is missing.
 */
export function differenceOf(played: Played): readonly DifferenceLine[] {
  const due = dueBy(played);
  const changes = diffArrays([...played.expected], withoutRest(played.heard, played.expected), { comparator: names });
  let named = 0;
  const runs = changes.map(({ added, removed, value }) => {
    const before = named;
    if (!added) named += value.length;
    // A call is played no further than to where it failed: what was heard last was heard in place of what is missing.
    const prompts = removed ? value.slice(0, Math.max(0, due - before)) : added ? value.slice(-CONTEXT) : value;
    return { sign: added ? ('+' as const) : removed ? ('-' as const) : (' ' as const), prompts };
  });
  const missing = (index: number): boolean => runs[index]?.sign === '-' && runs[index].prompts.length > 0;
  return around(
    runs.flatMap(({ sign, prompts }, index) =>
      sign === '+' && !missing(index - 1) && !missing(index + 1) ? [] : prompts.map((prompt) => ({ sign, prompt })),
    ),
  );
}

/** How many of the prompts had to be heard by then: those that were, and the one that was waited for. */
function dueBy({ happened, steps, failure }: Played): number {
  const done = happened.flatMap((each) => (each.kind === 'step' ? [each.index] : []));
  const next = done.length;
  const waited = steps[next]?.at === undefined || failure?.expected !== steps[next].text ? next : next + 1;
  return steps.slice(0, waited).filter(({ text }) => text.startsWith('hears: ')).length;
}

/** `enter-code` is heard by any of its texts. */
function names(expected: string, heard: string): boolean {
  return heard === expected || heard.startsWith(`${expected}.`);
}

/** A menu says its question and each of its options: one prompt, unless the scenario names one of its texts. */
function withoutRest(heard: readonly string[], expected: readonly string[]): string[] {
  return heard.filter(
    (prompt, index) => expected.includes(prompt) || index === 0 || base(heard[index - 1]) !== base(prompt),
  );
}

function base(prompt = ''): string {
  return prompt.split('.')[0] ?? '';
}

/** From a little before the first prompt that is missing to a little after the last. */
function around(lines: readonly DifferenceLine[]): readonly DifferenceLine[] {
  const first = lines.findIndex(({ sign }) => sign === '-');
  const last = lines.findLastIndex(({ sign }) => sign === '-');
  return first < 0 ? [] : lines.slice(Math.max(0, first - CONTEXT), last + 1 + CONTEXT);
}
