import type { AttemptCharged, CloseReason } from '../../core/contracts.ts';
import type { TaskResult } from '../../core/call/session.ts';
import type { VerifyCode } from '../../core/call/tasks.ts';
import { isLocked } from '../../core/verification/lock.ts';
import type { Handler, TaskContext } from './handler.ts';

/** Charges the attempt, then compares, then consumes with a guard: in this order under any number of requests (G11). */
export const verifyCode: Handler<VerifyCode> = async (task, context) => {
  const { parts, key } = context;
  if (task.code === '') return { path: 'blank' };
  if (task.account === '') return { path: 'error' };
  const charge = await parts.store.chargeAttempt({ key, now: parts.clock.now(), account: task.account });
  switch (charge.kind) {
    case 'locked':
      return { path: 'locked' };
    case 'too-many':
      return { path: 'too-many' };
    case 'finished':
      return finished(task, context);
    case 'charged':
      return compare(task, charge, context);
  }
};

async function compare(
  task: VerifyCode,
  charge: Extract<AttemptCharged, { kind: 'charged' }>,
  context: TaskContext,
): Promise<TaskResult> {
  const { parts, call, key, deadline, lifetimes } = context;
  const { challenge, attempt, most, failures } = charge;
  const { account } = task;
  if (lifetimes.isOver(challenge.id)) {
    await close(context, challenge.id, 'expired');
    return finished(task, context);
  }
  const binding = { challenge: challenge.id, call, account, method: challenge.method };
  if (parts.codes.matches(binding, challenge.mac, task.code)) {
    const granted = await parts.store.consumeChallenge({
      key,
      now: parts.clock.now(),
      challenge: challenge.id,
      account,
      failures,
      deadline,
    });
    if (granted) return { path: 'right' };
    return { path: (await parts.store.accountLocked(account, parts.clock.now())) ? 'locked' : 'error' };
  }
  const now = parts.clock.now();
  if (isLocked({ failures, lastFailureAt: now }, now)) {
    await close(context, challenge.id, 'locked');
    return { path: 'locked' };
  }
  if (task.afterWrong === 'new-code') {
    await close(context, challenge.id, 'wrong');
    return finished(task, context);
  }
  if (attempt >= most) {
    await close(context, challenge.id, 'attempts');
    return { path: 'too-many' };
  }
  return { path: 'wrong', tallies: { left: most - attempt } };
}

/** A new code is due; where no send is left for it, nothing new is promised. */
async function finished(task: VerifyCode, { parts, call }: TaskContext): Promise<TaskResult> {
  const sends = (await parts.store.readCall(call))?.sends ?? task.mostSends;
  return { path: sends >= task.mostSends ? 'no-send-left' : 'finished' };
}

async function close({ parts, call }: TaskContext, id: string, why: CloseReason): Promise<void> {
  await parts.store.closeChallenge({ call, id, now: parts.clock.now(), why });
}
