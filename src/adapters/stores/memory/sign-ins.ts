import type { NewSignIn, Passed, Redeemed, SignInStore, Visited } from '../../../core/contracts/sign-ins.ts';
import { isCount } from '../count.ts';
import { isWithin } from '../within.ts';
import { accountLocked, wouldBeOpen } from './accounts.ts';
import type { KeptSignIn } from './kept-sign-ins.ts';
import type { Memory } from './memory.ts';
import { refused } from './refused.ts';

export function openSignIn(memory: Memory, opened: NewSignIn): void {
  if (memory.signIns.has(opened.token)) throw refused('a sign-in has this token already');
  memory.signIns.set(opened.token, {
    opened,
    browser: null,
    locale: null,
    remember: false,
    passedAt: null,
    ticket: null,
  });
  auditSignIn(memory, opened, { detail: 'opened', at: opened.now });
}

export function noteExemption(
  memory: Memory,
  { call, account, now }: Parameters<SignInStore['noteExemption']>[0],
): void {
  memory.audit.push({ call, account, kind: 'sign-in', detail: 'exempt', at: now });
}

export function visitSignIn(
  { signIns }: Memory,
  { token, browser, locale, now }: Parameters<SignInStore['visitSignIn']>[0],
): Visited {
  const kept = signIns.get(token);
  if (!kept) return { kind: 'unknown' };
  if (kept.browser !== null && kept.browser !== browser) return { kind: 'of-another' };
  if (!isGoingOn(kept, now)) return { kind: 'expired' };
  kept.browser = browser;
  kept.locale ??= locale;
  const { now: _, ...opened } = kept.opened;
  const said = { locale: kept.locale, remember: kept.remember, isPassed: kept.passedAt !== null };
  return { kind: 'open', signIn: { ...opened, ...said } };
}

export function wishSignIn({ signIns }: Memory, { token, remember }: Parameters<SignInStore['wishSignIn']>[0]): void {
  const kept = signIns.get(token);
  if (kept) kept.remember = remember;
}

export function passSignIn(memory: Memory, pass: Parameters<SignInStore['passSignIn']>[0]): Passed {
  const { ticket, ticketExpiresAt: expiresAt, ttl, now } = pass;
  const kept = memory.signIns.get(pass.token);
  if (!kept || (kept.passedAt !== null && kept.ticket === null) || !isGoingOn(kept, now)) return false;
  const { account, call } = kept.opened;
  const isVerified = !pass.byCode || memory.calls.get(call)?.grants.includes(account) === true;
  const holder = withTicket(memory, ticket);
  if (isVerified && holder && holder !== kept && wouldBeOpen(memory, account, now))
    throw refused('a sign-in has this ticket already');
  if (accountLocked(memory, account, now) || !isVerified) return false;
  const passed = kept.passedAt === null ? 'first' : 'again';
  kept.passedAt = now;
  kept.ticket = { ticket, expiresAt, ttl };
  auditSignIn(memory, kept.opened, { detail: 'passed', at: now });
  return passed;
}

/** Whoever comes with it, the ticket is gone afterwards. */
export function redeemTicket(
  memory: Memory,
  { ticket: told, now }: Parameters<SignInStore['redeemTicket']>[0],
): Redeemed | null {
  const kept = withTicket(memory, told);
  if (!kept?.ticket) return null;
  const { expiresAt, ttl } = kept.ticket;
  kept.ticket = null;
  if (!isWithin(kept.passedAt, expiresAt, now) || !isCount(ttl)) return null;
  auditSignIn(memory, kept.opened, { detail: 'redeemed', at: now });
  return { user: kept.opened.user, ttl };
}

/** Those of an account that nobody has redeemed. */
export function voidTickets({ signIns }: Memory, account: string): void {
  for (const kept of signIns.values()) if (kept.opened.account === account) kept.ticket = null;
}

function withTicket({ signIns }: Memory, ticket: string): KeptSignIn | undefined {
  return [...signIns.values()].find((each) => each.ticket?.ticket === ticket);
}

function isGoingOn({ opened }: KeptSignIn, now: number): boolean {
  return isWithin(opened.now, opened.expiresAt, now);
}

function auditSignIn(memory: Memory, { call, account }: NewSignIn, event: { detail: string; at: number }): void {
  memory.audit.push({ ...event, call, account, kind: 'sign-in' });
}
