import type { AuthenticatorProof } from '../../core/contracts/authenticators.ts';
import type { AttemptCharged, CloseReason } from '../../core/contracts/codes.ts';
import type { TaskResult } from '../../core/call/session.ts';
import type { VerifyCode } from '../../core/call/tasks.ts';
import { isLocked } from '../../core/verification/lock.ts';
import type { Handler, TaskContext } from './handler.ts';
import { tellHolder } from './lock-notice.ts';
import { providerOf } from './provider-of.ts';

/**
 * Charges the attempt, then has it judged, then consumes with a guard: in this order under any number of requests
 * (G11). Where several readings may be tried, each is an attempt of its own (D10).
 */
export const verifyCode: Handler<VerifyCode> = async (task, context) => {
  if (task.candidates.every((candidate) => candidate === '')) return { path: 'blank' };
  if (task.account === '') return { path: 'error' };
  let result: TaskResult = { path: 'blank' };
  for (const [index, code] of task.candidates.entries()) {
    const n = index === 0 ? context.key.n : `${context.key.n}.${index + 1}`;
    result = await attempt(task, code, { ...context, key: { ...context.key, n } });
    context.parts.telemetry.count({ kind: 'attempt', outcome: result.path });
    if (result.path !== 'wrong') return result;
  }
  return result;
};

type Charged = Extract<AttemptCharged, { kind: 'charged' }>;

async function attempt(task: VerifyCode, code: string, context: TaskContext): Promise<TaskResult> {
  const { parts, key } = context;
  const charge = await parts.store.chargeAttempt({ key, now: parts.clock.now(), account: task.account });
  switch (charge.kind) {
    case 'locked':
      return { path: 'locked' };
    case 'too-many':
      return { path: 'too-many' };
    case 'finished':
      return finished(task, context);
    case 'granted':
      return { path: 'right' };
    case 'charged':
      return judgeAndTell({ task, code, charge }, context);
  }
}

interface Try {
  readonly task: VerifyCode;
  readonly code: string;
  readonly charge: Charged;
}

/** The lock comes with the charge: whatever else was the matter with the code, only a right one opens it again. */
async function judgeAndTell(tried: Try, context: TaskContext): Promise<TaskResult> {
  const result = await judge(tried, context);
  const { task, charge } = tried;
  if (result.path !== 'right' && locks(charge, context)) context.beside(tellHolder(task, charge.failures, context));
  return result;
}

function locks({ failures }: Charged, { parts }: TaskContext): boolean {
  const now = parts.clock.now();
  return isLocked({ failures, lastFailureAt: now }, now);
}

async function judge(tried: Try, context: TaskContext): Promise<TaskResult> {
  const { parts, call, lifetimes } = context;
  const { task, code, charge } = tried;
  const { challenge } = charge;
  if (lifetimes.isOver(challenge.id)) {
    await close(context, challenge.id, 'expired');
    // The wall clock, by which it was charged, was set back.
    await takeBack(task, context);
    return finished(task, context);
  }
  const binding = { challenge: challenge.id, call, account: task.account, method: challenge.method };
  const provider = providerOf({ madeBy: task.madeBy, method: challenge.method }, context);
  const judgement = await provider.judge({ task, code, binding, challenge });
  switch (judgement.verdict) {
    case 'right':
      return consume(tried, judgement.proof, context);
    case 'wrong':
      return wrong(tried, context);
    case 'none':
      parts.log.warn({ call, task: task.type, reason: judgement.reason }, 'a code was not judged');
      if (!judgement.used) await takeBack(task, context);
      return { path: judgement.path };
  }
}

async function takeBack({ type, account }: VerifyCode, { parts, call, key }: TaskContext): Promise<void> {
  const taken = await parts.store.refundAttempt({ key, account, now: parts.clock.now() });
  if (!taken)
    parts.log.warn({ call, task: type }, 'an attempt that nobody judged stays used: the account has had many');
}

async function consume(tried: Try, proof: AuthenticatorProof | undefined, context: TaskContext): Promise<TaskResult> {
  const { parts, key, deadline } = context;
  const { store, clock } = parts;
  const { account } = tried.task;
  const { challenge, failures } = tried.charge;
  const consumed = await store.consumeChallenge({
    key,
    now: clock.now(),
    challenge: challenge.id,
    account,
    failures,
    deadline,
    ...(proof === undefined ? {} : { proof }),
  });
  switch (consumed.kind) {
    case 'granted':
      return { path: 'right' };
    case 'replayed':
      return wrong(tried, context);
    case 'refused':
      return { path: (await store.accountLocked(account, clock.now())) ? 'locked' : 'error' };
  }
}

async function wrong({ task, charge }: Try, context: TaskContext): Promise<TaskResult> {
  const { challenge, attempt: count, most } = charge;
  if (locks(charge, context)) {
    await close(context, challenge.id, 'locked');
    return { path: 'locked' };
  }
  if (task.afterWrong === 'new-code') {
    await close(context, challenge.id, 'wrong');
    return finished(task, context);
  }
  if (count >= most) {
    await close(context, challenge.id, 'attempts');
    return { path: 'too-many' };
  }
  return { path: 'wrong', tallies: { left: most - count } };
}

/** A new code is due; where no send is left for it, nothing new is promised. */
async function finished(task: VerifyCode, { parts, call }: TaskContext): Promise<TaskResult> {
  const sends = (await parts.store.readCall(call))?.sends ?? task.mostSends;
  return { path: sends >= task.mostSends ? 'no-send-left' : 'finished' };
}

async function close({ parts, call }: TaskContext, id: string, why: CloseReason): Promise<void> {
  await parts.store.closeChallenge({ call, id, now: parts.clock.now(), why });
}
