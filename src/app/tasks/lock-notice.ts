import { lockMessageInEnglish, lockValues, type LockMessage } from '../../core/call/lock-messages.ts';
import type { AccountHolder, VerifyCode } from '../../core/call/tasks.ts';
import type { Wording } from '../../core/call/wording.ts';
import type { Delivery } from '../../core/contracts/delivery.ts';
import { masked } from '../../core/verification/mask.ts';
import type { TaskContext } from './handler.ts';

/**
 * Tells the holder of an account that wrong codes have locked it (NIST SP 800-63B-4 3.2.2), once for each lock. The
 * charge comes first, so that a process that dies in between sends nothing twice.
 */
export async function tellHolder(
  { account, holder, madeBy }: VerifyCode,
  failures: number,
  context: TaskContext,
): Promise<void> {
  const { parts, call, key } = context;
  const { store, clock, random, log, telemetry } = parts;
  // The attempt may have been taken back, and the lock with it.
  if (!(await store.accountLocked(account, clock.now()))) return;
  telemetry.count({ kind: 'lock' });
  const recipient = recipientOf({ holder, madeBy }, context);
  if (recipient === null) {
    log.warn({ call }, 'an account was locked, and there is nowhere to tell its holder');
    return;
  }
  const { delivery, to, from } = recipient;
  const { method } = delivery;
  const notice = { key, account, method, masked: masked(to) };
  const charge = await store.chargeNotice({ ...notice, now: clock.now(), budgets: parts.noticeBudgets(to) });
  if (charge.kind === 'over-budget')
    log.warn({ call, method, budget: charge.budget }, 'the notice of a lock was refused: its budget is used up');
  if (charge.kind !== 'charged') return;
  const words = wordsFor(method, failures, { holder, context });
  const delivered = await delivery.deliver({ to, from, ...words, report: random.token() });
  if (delivered.outcome === 'sent') return;
  const { outcome, accepted, reason } = delivered;
  log.warn({ call, method, outcome, reason }, 'the notice of a lock could not be sent');
  await store.noticeFailed({ ...notice, now: clock.now(), outcome, accepted });
}

interface Recipient {
  readonly delivery: Delivery;
  readonly to: string;
  readonly from: string;
}

/** What other systems put for letters of an address that are for the ears of its owner only: `b***@`, `b###@`, `bXXXX@`. */
const MASK = /[*#]|x{3}|_{3}/i;

/** The first that a message can go to. A mask reads like an address, and could be that of somebody else. */
function recipientOf(
  { holder, madeBy }: Pick<VerifyCode, 'holder' | 'madeBy'>,
  { parts, library, lines }: TaskContext,
): Recipient | null {
  const { deliveries } = parts.providers(library);
  for (const { method, destination, from } of holder.contacts) {
    const delivery = deliveries.get(method);
    const isMask = madeBy === 'external' && MASK.test(destination);
    const to = isMask ? null : (delivery?.canonical(destination, lines) ?? null);
    if (delivery !== undefined && to !== null) return { delivery, to, from };
  }
  return null;
}

function wordsFor(
  method: Delivery['method'],
  failures: number,
  at: { readonly holder: AccountHolder; readonly context: TaskContext },
): { readonly text: string; readonly subject?: string } {
  const written = (message: LockMessage): string => wordingOf(message, at).write(lockValues(failures));
  if (method !== 'email') return { text: written('locked-sms') };
  return { text: written('locked-email'), subject: written('locked-email-subject').replaceAll(/\s+/g, ' ').trim() };
}

/** In the language of the call, else in the default one. */
function wordingOf(
  message: LockMessage,
  {
    holder: { wording },
    context: { library },
  }: { readonly holder: AccountHolder; readonly context: Pick<TaskContext, 'library'> },
): Wording {
  const wordings = library.flow(wording.callflow)?.wordings;
  const find = (locale: string): Wording | undefined => wordings?.get(locale)?.messages.get(message);
  return find(wording.locale) ?? find(library.defaultLocale) ?? lockMessageInEnglish(message);
}
