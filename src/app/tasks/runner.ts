import type { TaskResult } from '../../core/call/session.ts';
import type { Task } from '../../core/call/tasks.ts';
import { GIVE_UP, HEARTBEAT, TASK_LEASE } from '../limits.ts';
import type { Parts } from '../parts.ts';
import { LATE, within } from '../within.ts';
import type { TaskContext } from './handler.ts';
import { nameOf, perform } from './index.ts';
import { Lifetimes } from './lifetimes.ts';

/** A task that goes on after its turn was answered. */
export interface Held {
  readonly id: string;
  readonly type: Task['type'];
  readonly startedAt: number;
  readonly leaseUntil: number;
  /** Call once the turn is saved: keeps the task's lease alive and stores its result as a row of its own. */
  follow(): void;
}

/** Runs tasks, and keeps those that outlast the caller's patience. */
export class TaskRunner {
  private readonly parts: Parts;
  private readonly lifetimes: Lifetimes;
  private readonly running = new Set<Promise<void>>();

  constructor(parts: Parts) {
    this.parts = parts;
    this.lifetimes = new Lifetimes(parts.clock);
  }

  /** The task's result, or the task itself when `patience` milliseconds were not enough. */
  async run(
    task: Task,
    at: Pick<TaskContext, 'call' | 'library' | 'lines' | 'key' | 'takenOver'> & { readonly patience: number },
  ): Promise<TaskResult | Held> {
    const { clock, random } = this.parts;
    const startedAt = clock.now();
    const result = perform(task, {
      parts: this.parts,
      lifetimes: this.lifetimes,
      call: at.call,
      library: at.library,
      lines: at.lines,
      // Both numbers are known, or the caller's is the one that is withheld.
      caller: at.lines.length > 1 ? (at.lines[0] ?? at.call) : at.call,
      key: at.key,
      takenOver: at.takenOver,
      deadline: startedAt + GIVE_UP,
      beside: (work) => this.beside(at.call, work),
    });
    const first = await within(Math.max(0, at.patience), result, clock);
    if (first !== LATE) return first;
    const id = random.token();
    return {
      id,
      type: task.type,
      startedAt,
      leaseUntil: clock.now() + TASK_LEASE,
      follow: () => this.follow({ call: at.call, id, result, until: startedAt + GIVE_UP }),
    };
  }

  /** Resolves when every task in flight has come to its end, and all that went on beside. */
  async settled(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }

  private beside(call: string, work: Promise<void>): void {
    const done = work
      .catch((error: unknown) => {
        this.parts.log.error({ call, error: nameOf(error) }, 'what goes on beside a turn has failed');
      })
      .finally(() => this.running.delete(done));
    this.running.add(done);
  }

  private follow(task: {
    readonly call: string;
    readonly id: string;
    readonly result: Promise<TaskResult>;
    readonly until: number;
  }): void {
    const { store, clock, log, telemetry } = this.parts;
    const { call, id, until } = task;
    telemetry.count({ kind: 'held', more: 1 });
    let stop: () => void;
    const beat = (): void => {
      store
        .renewTask({ call, id, leaseUntil: clock.now() + TASK_LEASE })
        .catch(() => log.warn({ call }, 'a held task could not renew its lease'));
      stop = clock.after(HEARTBEAT, beat);
    };
    stop = clock.after(HEARTBEAT, beat);
    const done = task.result
      .then((result) => {
        const now = clock.now();
        return now < until && store.finishTask({ call, id, now, result });
      })
      .then(
        () => undefined,
        () => log.error({ call }, 'the result of a held task could not be stored'),
      )
      .finally(() => {
        stop();
        telemetry.count({ kind: 'held', more: -1 });
        this.running.delete(done);
      });
    this.running.add(done);
  }
}
