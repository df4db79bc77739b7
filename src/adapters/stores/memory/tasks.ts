import type { Store } from '../../../core/contracts/store.ts';
import type { CallUpdate, HeldTask } from '../../../core/contracts/turns.ts';
import type { Call, KeptTask, Memory } from './memory.ts';

/** A turn that polls may hold the same task again: then only its lease is renewed. */
export function holdTask(call: Call, { id, startedAt, leaseUntil }: NonNullable<CallUpdate['held']>): void {
  const known = call.tasks.get(id);
  if (known) known.leaseUntil = leaseUntil;
  else call.tasks.set(id, { id, startedAt, leaseUntil, turn: call.turns, state: 'running', result: null });
}

export function latestTask(call: Call, now: number): HeldTask | null {
  let latest: KeptTask | null = null;
  for (const task of call.tasks.values()) {
    if (task.state !== 'dropped' && (latest === null || task.turn >= latest.turn)) latest = task;
  }
  if (!latest) return null;
  const { id, startedAt, result } = latest;
  const running = latest.leaseUntil > now ? 'running' : 'lost';
  return { id, state: latest.state === 'done' ? 'done' : running, startedAt, result };
}

export function finishTask(memory: Memory, { call, id, result }: Parameters<Store['finishTask']>[0]): boolean {
  const kept = memory.calls.get(call);
  const task = kept?.phase === 'ended' ? undefined : kept?.tasks.get(id);
  if (task?.state !== 'running') return false;
  task.state = 'done';
  task.result = result;
  return true;
}

export function renewTask(memory: Memory, { call, id, leaseUntil }: Parameters<Store['renewTask']>[0]): void {
  const task = memory.calls.get(call)?.tasks.get(id);
  if (task?.state === 'running') task.leaseUntil = leaseUntil;
}

export function dropTask(call: Call, id: string): void {
  const task = call.tasks.get(id);
  if (task) task.state = 'dropped';
}
