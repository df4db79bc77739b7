import type { Scenario, Step } from '../core/scenario/scenario-schema.ts';
import type { CallEar } from './call-ear.ts';
import type { Failure } from './record.ts';
import type { ArrivedCode, CallSum } from './stage.ts';

/** Why a step does not hold, and what to do. */
export interface WhyNot extends Pick<Failure, 'instead' | 'fix' | 'rule'> {
  /** What was expected, where it is not the step. */
  readonly expected?: string;
  /** The part of the scenario, where it is not the step. */
  readonly part?: readonly PropertyKey[];
}

const MEND = 'Mend the step, or the callflow.';

export const NO_WORDS: WhyNot = {
  instead: 'This question does not listen for words.',
  fix: 'Press keys, or let the block listen: `input: dtmf speech`.',
};
export const NO_KEYS: WhyNot = {
  instead: 'This question listens for words alone.',
  fix: 'Write `says`, or let the block listen for keys: `input: dtmf speech`.',
};

/** A step that does not hold at a question. */
export function notNow(step: Step, ear: CallEar, code?: ArrivedCode): WhyNot {
  if (step === 'redials')
    return {
      instead: 'The line still listens.',
      fix: 'Write `hangs-up` before it.',
    };
  if (typeof step === 'object' && 'fallback' in step) return tooLateForFallback(ear);
  if (typeof step === 'object' && 'gets' in step) return notGot(ear, code);
  const before = typeof step === 'object' && 'hears' in step && ear.heardBefore(step);
  return {
    instead: `Heard in its place: ${ear.sinceLast()}`,
    fix: before
      ? 'It was heard earlier: name prompts in the order of the call, those of a question before what is pressed there.'
      : MEND,
  };
}

/** A step that stands after the end of the call. */
export function overBefore(step: Step, { exit }: CallSum, ear: CallEar): WhyNot {
  const ended = `The call ended${exit === null || exit === '' ? '' : ` by "${exit}"`}`;
  if (typeof step === 'object' && 'hears' in step)
    return {
      instead: `${ended}. Heard until then: ${ear.sinceLast()}`,
      fix: MEND,
    };
  if (typeof step === 'object' && 'fallback' in step) return tooLateForFallback(ear);
  return {
    instead: `${ended} before this step. Heard last: ${ear.last()}`,
    fix: MEND,
  };
}

export function stillListens(ends: string, ear: CallEar): WhyNot {
  return {
    instead: `The line still listens, and the scenario has no more steps. Heard last: ${ear.last()}`,
    fix: 'Say what the caller does then: press a key, `silent: 10s` or `hangs-up`.',
    expected: `ends: ${ends}`,
    part: ['ends'],
  };
}

/** An end or a count of the last call that is not as the scenario has it; null where all is. */
export function endsOtherwise({ ends, count }: Scenario, sum: CallSum, ear: CallEar): WhyNot | null {
  if (ends !== undefined && sum.exit !== null && sum.exit !== ends) return otherEnd(ends, sum.exit, ear);
  for (const what of ['sends', 'attempts'] as const) {
    const [wanted, counted] = [count[what], sum[what]];
    if (wanted === undefined || counted === null || wanted === counted) continue;
    return {
      instead: `There ${counted === 1 ? 'was' : 'were'} ${counted}.`,
      fix: 'Count what the last call really did, or mend the callflow.',
      expected: `count: { ${what}: ${wanted} }`,
      part: ['count', what],
    };
  }
  return null;
}

function otherEnd(ends: string, exit: string, ear: CallEar): WhyNot {
  const hungUp = exit === '';
  return {
    instead: `The call left by ${hungUp ? 'no exit' : `"${exit}"`}. Heard last: ${ear.last()}`,
    fix: hungUp ? 'Who hangs up leaves by no exit: write no `ends`.' : 'Mend the end, or the callflow.',
    expected: `ends: ${ends}`,
    part: ['ends'],
  };
}

function notGot(ear: CallEar, code: ArrivedCode | undefined): WhyNot {
  const instead = code === undefined ? 'No code came.' : `The code came by ${code.method}.`;
  return { instead: `${instead} Heard last: ${ear.last()}`, fix: MEND };
}

function tooLateForFallback(ear: CallEar): WhyNot {
  return {
    instead: `The last reply was used already. Heard of it: ${ear.sinceLast()}`,
    fix: 'Write `fallback` right after what the caller pressed: it takes the place of the reply to that.',
  };
}
