/** One handler for each task that a block may ask for: a task without one does not compile. */
import type { TaskResult } from '../../core/call/session.ts';
import type { Task } from '../../core/call/tasks.ts';
import { findMethods } from './find-methods.ts';
import type { Handler, TaskContext } from './handler.ts';
import { sendCode } from './send-code.ts';
import { service } from './service.ts';
import { verifyCode } from './verify-code.ts';

const HANDLERS: { readonly [T in Task['type']]: Handler<Extract<Task, { type: T }>> } = {
  'find-methods': findMethods,
  'send-code': sendCode,
  service,
  'verify-code': verifyCode,
};

/** The path a task takes when it was cut off: by a crash, by its deadline, by a fault of ours. */
export const FAILED_PATH: { readonly [T in Task['type']]: string } = {
  'find-methods': 'failed',
  'send-code': 'unreachable',
  service: 'failed',
  'verify-code': 'error',
};

/** Runs a task. A fault inside is logged and takes the failed path: it never lets anybody in. */
export function perform(task: Task, context: TaskContext): Promise<TaskResult> {
  const { parts, call } = context;
  const { type } = task;
  const service = task.type === 'service' ? { service: task.name } : {};
  return parts.telemetry.during({ kind: 'task', task: type, ...service }, async (note) => {
    try {
      const result = await (HANDLERS[type] as Handler<Task>)(task, context);
      note({ outcome: result.path });
      return result;
    } catch (error) {
      note({ outcome: 'failed' });
      parts.log.error({ call, task: type, error: nameOf(error) }, 'a task failed');
      return { path: FAILED_PATH[type] };
    }
  });
}

/** An error without its values: its code where it has one, else its class. */
export function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
