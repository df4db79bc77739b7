import type { Delivered, Delivery, Method } from '../../core/contracts.ts';
import type { TaskResult } from '../../core/call/session.ts';
import type { SendCode } from '../../core/call/tasks.ts';
import { masked } from '../../core/verification/mask.ts';
import type { Handler, TaskContext } from './handler.ts';

/**
 * Charges the send, makes the code, keeps its hash, and only then sends it. A charge that was made before (the process
 * died in between) is not sent again: a lost answer must not bill twice, nor bring two codes.
 */
export const sendCode: Handler<SendCode> = async (task, context) => {
  const { parts, key } = context;
  const delivery = parts.deliveries.get(task.method as Method);
  if (delivery === undefined || task.account === '') return { path: 'error' };
  const { account, destination } = task;
  const charge = await parts.store.chargeSend({
    key,
    now: parts.clock.now(),
    account,
    method: delivery.method,
    destination,
    masked: masked(destination),
    most: task.most,
    spacing: task.spacing,
    budgets: parts.budgets({ account, destination }),
  });
  switch (charge.kind) {
    case 'charged':
      return issue(task, delivery, { ...context, sends: charge.sends });
    case 'repeated':
      return { path: 'unreachable' };
    case 'locked':
      return { path: 'locked' };
    case 'too-soon':
      return { path: 'sent', say: 'on-its-way' };
    case 'too-many':
      return { path: 'too-many' };
    case 'over-budget':
      parts.log.warn({ call: context.call, budget: charge.budget }, 'a send was refused: its budget is used up');
      return { path: 'too-many' };
  }
};

async function issue(
  task: SendCode,
  delivery: Delivery,
  context: TaskContext & { readonly sends: number },
): Promise<TaskResult> {
  const { parts, call, key } = context;
  const { method } = delivery;
  const wordings = parts.library.flow(task.wording.callflow, task.wording.revision)?.wordings;
  const wording = (wordings?.get(task.wording.locale) ?? wordings?.get(parts.library.defaultLocale))?.messages.get(
    method,
  );
  if (wording === undefined) return { path: 'error' };

  const code = parts.codes.make(task.code.digits);
  const challenge = parts.random.token();
  const report = parts.random.token();
  const issuedAt = parts.clock.now();
  await parts.store.openChallenge({
    id: challenge,
    call,
    account: task.account,
    method,
    destination: task.destination,
    masked: masked(task.destination),
    mac: parts.codes.mac({ challenge, call, account: task.account, method }, code),
    issuedAt,
    expiresAt: issuedAt + task.code.lasts,
    attempts: task.code.attempts,
    report,
  });
  context.lifetimes.begin(challenge, task.code.lasts);
  const text = wording.write({ code, minutes: Math.round(task.code.lasts / 60_000), digits: task.code.digits });
  const delivered = await delivery.deliver({
    to: task.destination,
    from: task.from,
    subject: task.subject,
    text,
    report,
  });
  if (delivered.outcome === 'sent')
    return { path: 'sent', tallies: { sends: context.sends, left: task.code.attempts } };
  await giveUp(delivered, { ...context, method });
  return { path: delivered.outcome };

  async function giveUp(
    failed: Exclude<Delivered, { outcome: 'sent' }>,
    at: { readonly method: Method },
  ): Promise<void> {
    parts.log.warn(
      { call, method: at.method, outcome: failed.outcome, reason: failed.reason },
      'a code could not be sent',
    );
    await parts.store.closeChallenges(call, parts.clock.now(), 'send-failed');
    if (!failed.accepted) await parts.store.refundSend(key, parts.clock.now());
  }
}
