import type { TaskResult } from '../../../core/call/session.ts';
import type { StepInput } from '../../../core/call/step.ts';
import type { Task } from '../../../core/call/tasks.ts';
import { lasting } from '../../../core/callflow/in-words.ts';

interface Repeat {
  readonly event: string;
  readonly input: StepInput;
}

/** What sounds different when it happens not for the first time. */
export function repeatsOf(task: Task): readonly Repeat[] {
  if (task.type === 'send-code') {
    const { attempts: left } = task.code;
    return [
      repeat('another code is sent', { path: 'sent', tallies: { sends: 2, left } }),
      repeat(`another code is asked for within ${lasting(task.spacing)} of one that was not tried`, {
        path: 'sent',
        say: 'on-its-way',
        tallies: { sends: 1, left },
      }),
    ];
  }
  if (task.type === 'verify-code')
    return [repeat('the code is wrong, and one try is left', { path: 'wrong', tallies: { left: 1 } })];
  return [];
}

function repeat(event: string, result: TaskResult): Repeat {
  return { event, input: { type: 'result', result } };
}
