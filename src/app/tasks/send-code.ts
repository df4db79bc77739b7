import type { Library } from '../../core/call/step.ts';
import type { Delivery } from '../../core/contracts.ts';
import type { Method } from '../../core/method.ts';
import type { TaskResult } from '../../core/call/session.ts';
import type { SendCode } from '../../core/call/tasks.ts';
import type { Wording } from '../../core/call/wording.ts';
import { masked } from '../../core/verification/mask.ts';
import type { Handler, TaskContext } from './handler.ts';

/**
 * Charges the send, makes the code, keeps its hash, and only then sends it. A charge that was made before (the process
 * died in between) is not sent again: a lost answer must not bill twice, nor bring two codes.
 */
export const sendCode: Handler<SendCode> = async (task, context) => {
  const { parts, library, key } = context;
  const delivery = parts.deliveries(library).get(task.method as Method);
  const wording = messageOf(task, library);
  if (delivery === undefined || wording === undefined || task.account === '') return { path: 'error' };
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
      return issue(task, context, { delivery, wording, sends: charge.sends });
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

/** The text that carries the code, in the language of the call. */
function messageOf({ method, wording }: SendCode, library: Library): Wording | undefined {
  const wordings = library.flow(wording.callflow)?.wordings;
  return (wordings?.get(wording.locale) ?? wordings?.get(library.defaultLocale))?.messages.get(method);
}

interface Charged {
  readonly delivery: Delivery;
  readonly wording: Wording;
  /** Sends of the call, this one counted. */
  readonly sends: number;
}

async function issue(task: SendCode, context: TaskContext, charged: Charged): Promise<TaskResult> {
  const { parts, call, key, lifetimes } = context;
  const { store, codes, clock, random, log } = parts;
  const { account, destination } = task;
  const { digits, lasts, attempts } = task.code;
  const { method } = charged.delivery;
  const code = codes.make(digits);
  const challenge = random.token();
  const report = random.token();
  const issuedAt = clock.now();
  const text = charged.wording.write({ code, digits, minutes: Math.round(lasts / 60_000) });
  const mac = codes.mac({ challenge, call, account, method }, code);
  const times = { issuedAt, expiresAt: issuedAt + lasts };
  await store.openChallenge({
    id: challenge,
    call,
    account,
    method,
    destination,
    masked: masked(destination),
    mac,
    attempts,
    report,
    ...times,
  });
  lifetimes.begin(challenge, lasts);

  const delivered = await charged.delivery.deliver({
    to: destination,
    from: task.from,
    subject: task.subject,
    text,
    report,
  });
  if (delivered.outcome === 'sent') return { path: 'sent', tallies: { sends: charged.sends, left: attempts } };
  log.warn({ call, method, outcome: delivered.outcome, reason: delivered.reason }, 'a code could not be sent');
  await store.closeChallenge({ call, id: challenge, now: clock.now(), why: 'send-failed' });
  if (!delivered.accepted) await store.refundSend(key, clock.now());
  return { path: delivered.outcome };
}
