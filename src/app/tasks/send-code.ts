import type { Library } from '../../core/call/step.ts';
import type { TaskResult } from '../../core/call/session.ts';
import type { SendCode } from '../../core/call/tasks.ts';
import type { Wording } from '../../core/call/wording.ts';
import type { EmailWording, PreparedSend } from '../../core/contracts/code-provider.ts';
import type { Method } from '../../core/method.ts';
import { NO_LIFETIME } from '../../core/verification/code.ts';
import { masked } from '../../core/verification/mask.ts';
import type { Handler, TaskContext } from './handler.ts';
import { providerOf } from './provider-of.ts';

/**
 * Charges the send, prepares the code, keeps its hash, and only then sends it. A charge that was made before (the
 * process died in between) is not sent again: a lost answer must not bill twice, nor bring two codes.
 */
export const sendCode: Handler<SendCode> = async (task, context) => {
  const { parts, key } = context;
  const { account, destination } = task;
  const method = task.method as Method;
  if (task.method === '' || account === '') return { path: 'error' };
  const provider = providerOf({ madeBy: task.code.madeBy, method }, context);
  const prepared = provider.prepare(task, ...messageOf(task, context.library));
  if (prepared === null) return { path: 'error' };
  const shown = masked(destination);
  const charge = await parts.store.chargeSend({
    key,
    now: parts.clock.now(),
    account,
    method,
    destination,
    masked: shown,
    most: task.most,
    spacing: prepared.leaves ? task.spacing : 0,
    budgets: prepared.leaves ? parts.budgets({ account, destination }) : [],
  });
  if (charge.kind !== 'charged') parts.telemetry.count({ kind: 'send', method, outcome: charge.kind });
  switch (charge.kind) {
    case 'charged':
      return issue(task, context, { prepared, sends: charge.sends, shown }).catch(async (error: unknown) => {
        await notSent(context).catch(() => undefined);
        throw error;
      });
    case 'repeated':
      await notSent(context);
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

/** Nobody knows whether it went out: a code that the caller is told of as not sent must not stand in the way of another. */
async function notSent({ parts, call }: TaskContext): Promise<void> {
  await parts.store.closeChallenges(call, parts.clock.now(), 'send-failed');
}

/** The text that carries the code, in the language of the call, and what an email has besides. */
function messageOf({ method, wording }: SendCode, library: Library): readonly [Wording | undefined, EmailWording] {
  const wordings = library.flow(wording.callflow)?.wordings;
  const messages = (wordings?.get(wording.locale) ?? wordings?.get(library.defaultLocale))?.messages;
  return [
    messages?.get(method),
    {
      subject: messages?.get('email-subject'),
      html: messages?.get('email-html'),
    },
  ];
}

interface Charged {
  readonly prepared: PreparedSend;
  /** Sends of the call, this one counted. */
  readonly sends: number;
  /** The destination, masked. */
  readonly shown: string;
}

async function issue(task: SendCode, context: TaskContext, charged: Charged): Promise<TaskResult> {
  const { parts, call, key } = context;
  const { store, clock, log, telemetry } = parts;
  const { prepared, sends } = charged;
  const { attempts } = task.code;
  const { challenge, report } = await open(task, charged, context);
  const { path, failure } = await prepared.send(report);
  telemetry.count({ kind: 'send', method: task.method as Method, outcome: path });
  if (failure === undefined) return { path, tallies: { sends, left: attempts } };
  log.warn({ call, method: task.method, outcome: path, reason: failure.reason }, 'a code could not be sent');
  await store.closeChallenge({ call, id: challenge, now: clock.now(), why: 'send-failed' });
  if (!failure.accepted) await store.refundSend(key, clock.now());
  return { path };
}

/** What attempts are charged to, before anything goes out. */
async function open(
  { account, destination, method, code, wording }: SendCode,
  { prepared, shown }: Charged,
  { parts, call, lifetimes, library }: TaskContext,
): Promise<{ readonly challenge: string; readonly report: string }> {
  const { store, clock, random } = parts;
  const challenge = random.token();
  const report = random.token();
  const issuedAt = clock.now();
  const { lasts, tells } = prepared;
  const bound = { call, account, method: method as Method };
  await store.openChallenge({
    ...bound,
    id: challenge,
    destination,
    masked: shown,
    mac: prepared.mac({ ...bound, challenge }),
    attempts: code.attempts,
    report,
    issuedAt,
    expiresAt: issuedAt + (lasts ?? NO_LIFETIME),
    ...(tells === undefined ? {} : { tells: { ...tells, ...wording, revision: library.revision } }),
  });
  if (lasts !== null) lifetimes.begin(challenge, lasts);
  return { challenge, report };
}
