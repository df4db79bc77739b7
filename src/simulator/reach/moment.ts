import type { Task } from '../../core/call/tasks.ts';
import type { Session, TaskResult } from '../../core/call/session.ts';
import { step, type Library, type Move, type StepInput } from '../../core/call/step.ts';
import type { PathTaken } from '../../core/call/world.ts';

/** What is known of a call outside of its callflow: what the limits count, as far as it decides about a task. */
export interface Office {
  readonly sends: number;
  /** `spent`: its attempts are used up; `none`: there is none, or it counts no more. */
  readonly code: 'none' | 'live' | 'spent';
  /** Of the newest code, and how many it has. */
  readonly attempts: number;
  readonly most: number;
  /** Accounts that the call has proved. */
  readonly verified: readonly string[];
}

/** A call between two happenings. */
export interface Moment {
  readonly session: Session;
  readonly next: Move['next'];
  readonly office: Office;
}

/** What more it takes than that a caller presses a key: something fails; or more than one call, and the like. */
export const TROUBLE = 3;
export const RARE = 1000;

/** What may happen next in a call; `cost` is 1 unless it says another one. */
export type Happening = { readonly cost?: number } & (
  | {
      readonly kind: 'calls';
      readonly callflow: string;
      readonly inputs: Readonly<Record<string, string>>;
    }
  /** `option`: how the menu calls it; `short`: the entry ends before it has all of its keys. */
  | {
      readonly kind: 'presses';
      readonly keys: string;
      readonly option?: string;
      readonly short?: true;
    }
  | { readonly kind: 'says'; readonly words: string }
  | { readonly kind: 'silence' }
  | {
      readonly kind: 'result';
      readonly task: Task;
      readonly result: TaskResult;
      readonly office: Office;
      /** The code's time had run out. */
      readonly expired?: true;
    }
  /** Something of ours breaks, or the platform cannot use a reply. */
  | { readonly kind: 'fault' }
);

export const NO_CALL: Moment = {
  session: { revision: '', frames: [], locale: '', test: false, unsaid: [] },
  next: {
    kind: 'listen',
    spoken: [],
    listen: { keys: null, finishOnKey: '', wait: 0 },
  },
  office: { sends: 0, code: 'none', attempts: 0, most: 0, verified: [] },
};

/** The call after something has happened, and the paths that were taken by it; the core itself says what comes of it. */
export function after(
  library: Library,
  { session, office: before }: Moment,
  happening: Happening,
): { readonly moment: Moment; readonly taken: readonly PathTaken[] } {
  const office = happening.kind === 'result' ? happening.office : before;
  const taken: PathTaken[] = [];
  const world = {
    library,
    verified: (account: string) => office.verified.includes(account),
    undelivered: () => false,
    took: (path: PathTaken) => void taken.push(path),
  };
  const begins = {
    ...session,
    revision: library.revision,
    locale: session.locale || library.defaultLocale,
  };
  const move = step(begins, inputOf(happening), world);
  const closed: Office = move.closeCode ? { ...office, code: 'none', attempts: 0 } : office;
  return {
    moment: { session: move.session, next: move.next, office: closed },
    taken,
  };
}

function inputOf(happening: Happening): StepInput {
  switch (happening.kind) {
    case 'calls':
      return {
        type: 'open',
        callflow: happening.callflow,
        variables: happening.inputs,
      };
    case 'presses': {
      const { keys: digits, short } = happening;
      return {
        type: 'heard',
        incoming: {
          type: 'keys',
          digits,
          ...(short === undefined ? {} : { ended: true }),
        },
      };
    }
    case 'says':
      return {
        type: 'heard',
        incoming: { type: 'speech', text: happening.words, confidence: 1 },
      };
    case 'silence':
      return { type: 'heard', incoming: { type: 'silence' } };
    case 'result':
      return { type: 'result', result: happening.result };
    case 'fault':
      return { type: 'fault' };
  }
}
