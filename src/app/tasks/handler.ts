import type { LoadedLibrary } from '../../core/callflow/library.ts';
import type { ChargeKey } from '../../core/contracts/codes.ts';
import type { TaskResult } from '../../core/call/session.ts';
import type { Task } from '../../core/call/tasks.ts';
import type { Parts } from '../parts.ts';
import type { Lifetimes } from './lifetimes.ts';

/** What a handler knows beside its task. */
export interface TaskContext {
  readonly parts: Parts;
  readonly lifetimes: Lifetimes;
  readonly call: string;
  /** The one that the call is in. */
  readonly library: LoadedLibrary;
  /** The numbers of the call, as the platform gives them: who calls, and what was dialled. */
  readonly lines: readonly string[];
  /** Who calls, for what counts per caller: the number, or the call where it is withheld. */
  readonly caller: string;
  /** Charges and challenges of this task come under this key. */
  readonly key: ChargeKey;
  /** The process that began this turn has died: it may have done the task already. */
  readonly takenOver: boolean;
  /** After this time the result is dropped. */
  readonly deadline: number;
  /** For what goes on beside the turn, and holds up nobody: a graceful stop waits for it. */
  readonly beside: (work: Promise<void>) => void;
}

export type Handler<T extends Task> = (task: T, context: TaskContext) => Promise<TaskResult>;
