import type { Scenario } from '../core/scenario/scenario-schema.ts';
import type { CallSum } from './stage.ts';

interface BrokenEnd {
  readonly instead: string;
  readonly expected: string;
  readonly part: readonly PropertyKey[];
  readonly fix?: string;
}

/** What a scenario says of its end that is not so; null where all is. */
export function brokenEnd({ ends, count }: Pick<Scenario, 'ends' | 'count'>, sum: CallSum): BrokenEnd | null {
  const { exit, sends, attempts } = sum;
  if (ends !== undefined && exit !== null && exit !== ends)
    return { instead: `The call left by "${exit}".`, expected: `ends: ${ends}`, part: ['ends'] };
  for (const [what, wanted, counted] of [
    ['sends', count.sends, sends],
    ['attempts', count.attempts, attempts],
  ] as const)
    if (wanted !== undefined && counted !== null && wanted !== counted)
      return {
        instead: `There ${counted === 1 ? 'was' : 'were'} ${counted}.`,
        fix: 'Count what the call really did, or mend the callflow.',
        expected: `count: { ${what}: ${wanted} }`,
        part: ['count', what],
      };
  return null;
}
