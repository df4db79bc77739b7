/** A call that tells a code, seen from the person called: what happens at a step of it. Pure; the store keeps the steps. */

/** What the person called did, as the request of the step says. */
export type CodeCallInput =
  /** Nothing yet: the call was answered, or a Redirect came back without our mark. */
  | { readonly type: 'nothing' }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'silence' }
  /** An answering machine or a fax took the call, by the platform's word. */
  | { readonly type: 'machine' };

/** What was said at a step; a code that was told is not part of it. */
export type CodeCallStep =
  /** Who calls, and which key tells the code. */
  | { readonly said: 'key' }
  /** A code; `more`: another one may be asked for. */
  | { readonly said: 'code'; readonly more: boolean }
  /** The key that tells a new code. */
  | { readonly said: 'again' }
  | { readonly said: 'goodbye' }
  | { readonly said: 'nothing' };

/** The key is asked for so often in a row. */
const MOST_ASKED = 3;
/** The new code is offered so often in a row, the telling of the one before included. */
const MOST_OFFERED = 3;
/** Codes in one call: the first, and two that are asked for. */
const MOST_TOLD = 3;

/** The next step of a call in which these steps were made, if its code may still be told. */
export function nextStep(steps: readonly CodeCallStep[], input: CodeCallInput, key: string): CodeCallStep {
  const last = steps.at(-1);
  if (input.type === 'machine') return { said: 'nothing' };
  if (last === undefined) return { said: 'key' };
  if (last.said === 'goodbye' || last.said === 'nothing') return { said: 'nothing' };
  const told = steps.filter(({ said }) => said === 'code').length;
  if (input.type === 'key' && input.key === key) {
    return told < MOST_TOLD ? { said: 'code', more: told + 1 < MOST_TOLD } : { said: 'goodbye' };
  }
  if (told === 0) return steps.length < MOST_ASKED ? { said: 'key' } : { said: 'goodbye' };
  const offered = steps.length - steps.findLastIndex(({ said }) => said === 'code');
  const mayAsk = input.type === 'key' && told < MOST_TOLD && offered < MOST_OFFERED;
  return mayAsk ? { said: 'again' } : { said: 'goodbye' };
}

/** What a repeat of a step hears: never a code, which is told once and kept nowhere. */
export function repeatOf(step: CodeCallStep): CodeCallStep {
  if (step.said !== 'code') return step;
  return step.more ? { said: 'again' } : { said: 'goodbye' };
}
