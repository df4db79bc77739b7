import type { Step } from '../core/scenario/scenario-schema.ts';
import type { CallEar } from './call-ear.ts';
import type { Failure } from './record.ts';

/** Why a scenario does not hold, and where, if not at the present step. */
export interface Why extends Pick<Failure, 'instead' | 'fix' | 'rule'> {
  readonly expected?: string;
  readonly part?: readonly PropertyKey[];
}

export function unheard(step: Step, ear: CallEar): Why {
  if (typeof step === 'object' && 'gets' in step)
    return { instead: 'No code came by this method.', fix: `Heard last: ${ear.last()}` };
  if (step === 'redials') return { instead: 'The line still listens.', fix: 'Write `hangs-up` before it.' };
  return { instead: `Heard in its place: ${ear.sinceLast()}`, fix: 'Mend the step, or the callflow.' };
}

export function overBefore(step: Step, exit: string | null, ear: CallEar): Why {
  const left = exit === null ? '' : ` by "${exit}"`;
  if (typeof step === 'object' && 'hears' in step)
    return {
      instead: `The call ended${left}. Heard until then: ${ear.sinceLast()}`,
      fix: 'Mend the step, or the callflow.',
    };
  return { instead: `The call was over by then: it ended${left}.`, fix: ear.last() };
}

export function stillAsks(ends: string, ear: CallEar): Why {
  return {
    instead: `The line still listens, and the scenario has no more steps. Heard last: ${ear.last()}`,
    fix: 'Say what the caller does then: press a key, `silent: 8s` or `hangs-up`.',
    expected: `ends: ${ends}`,
    part: ['ends'],
  };
}

export function endless(requests: number): Why {
  return {
    instead: `The call made more than ${requests} requests and still goes on.`,
    rule: 'every call ends',
    fix: 'The callflow goes in circles: look at what is heard again and again in the transcript.',
  };
}
