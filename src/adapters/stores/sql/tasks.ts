import type { Store } from '../../../core/contracts/store.ts';
import type { HeldTask } from '../../../core/contracts/turns.ts';
import type { TaskResult } from '../../../core/call/session.ts';
import type { Vault } from '../vault.ts';
import { holdCall, isGoingOn } from './calls.ts';
import { change, first, type Operation } from './operation.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

type TaskRow = {
  readonly task_key: string;
  readonly state: 'running' | 'done' | 'dropped';
  readonly started_at: number;
  readonly lease_until: number;
  readonly content: Uint8Array;
};

interface Content {
  readonly id: string;
  readonly result: TaskResult | null;
}

/** A turn that polls may hold the same task again: then only its lease is renewed. */
export function* holdTask(
  vault: Vault,
  task: { call: string; id: string; turn: number; startedAt: number; leaseUntil: number },
): Operation<void> {
  const key = taskHash(vault, task.call, task.id);
  yield* change(
    `INSERT INTO tasks (call_id, task_key, turn, state, started_at, lease_until, content)
     VALUES (?, ?, ?, 'running', ?, ?, ?)
     ON CONFLICT (call_id, task_key) DO UPDATE SET lease_until = excluded.lease_until`,
    task.call,
    key,
    task.turn,
    task.startedAt,
    task.leaseUntil,
    sealJson(vault, { id: task.id, result: null }, contentPlace(task.call, key)),
  );
}

export function* latestTask(vault: Vault, call: string, now: number): Operation<HeldTask | null> {
  const row = yield* first<TaskRow>(
    `SELECT task_key, state, started_at, lease_until, content FROM tasks
     WHERE call_id = ? AND state <> 'dropped' ORDER BY turn DESC LIMIT 1`,
    call,
  );
  return row ? heldTask(vault, row, { call, now }) : null;
}

function heldTask(vault: Vault, row: TaskRow, { call, now }: { call: string; now: number }): HeldTask {
  const { id, result } = openJson(vault, row.content, contentPlace(call, row.task_key));
  const running = row.lease_until > now ? 'running' : 'lost';
  return { id, state: row.state === 'done' ? 'done' : running, startedAt: row.started_at, result };
}

export function* finishTask(vault: Vault, task: Parameters<Store['finishTask']>[0]): Operation<boolean> {
  yield* holdCall(task.call);
  if (!(yield* isGoingOn(task.call))) return false;
  const key = taskHash(vault, task.call, task.id);
  const row = yield* first(
    `UPDATE tasks SET state = 'done', content = ? WHERE call_id = ? AND task_key = ? AND state = 'running'
     RETURNING task_key`,
    sealJson(vault, { id: task.id, result: task.result }, contentPlace(task.call, key)),
    task.call,
    key,
  );
  return row !== undefined;
}

export function* renewTask(vault: Vault, task: Parameters<Store['renewTask']>[0]): Operation<void> {
  yield* change(
    "UPDATE tasks SET lease_until = ? WHERE call_id = ? AND task_key = ? AND state = 'running'",
    task.leaseUntil,
    task.call,
    taskHash(vault, task.call, task.id),
  );
}

export function* dropTask(vault: Vault, call: string, id: string): Operation<void> {
  const key = taskHash(vault, call, id);
  yield* change("UPDATE tasks SET state = 'dropped' WHERE call_id = ? AND task_key = ?", call, key);
}

function taskHash(vault: Vault, call: string, id: string): string {
  return vault.mac('task', [call, id]);
}

function contentPlace(call: string, taskKey: string): Place<Content> {
  return { at: [call, taskKey, 'task'] };
}
