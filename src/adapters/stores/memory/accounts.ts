import { isLocked, seenAt, type AccountStanding } from '../../../core/verification/lock.ts';
import { believed, CLEAR } from '../standings.ts';
import type { Memory } from './memory.ts';

/** What is found to lie ahead is written back: from now on the account rests like any other. */
export function standingOf(memory: Memory, account: string, now: number): AccountStanding {
  const standing = seenStanding(memory, account, now);
  if (memory.accounts.has(account)) memory.accounts.set(account, standing);
  return standing;
}

export function accountLocked(memory: Memory, account: string, now: number): boolean {
  return isLocked(standingOf(memory, account, now), now);
}

/** With nothing written back: for what is refused as a whole, as the tables of a SQL store would refuse it. */
export function wouldBeOpen(memory: Memory, account: string, now: number): boolean {
  return !isLocked(seenStanding(memory, account, now), now);
}

function seenStanding({ accounts }: Memory, account: string, now: number): AccountStanding {
  const found = accounts.get(account);
  return found ? seenAt(believed(found), now) : CLEAR;
}

/** Of no call: whoever opens it is an operator. */
export function openAccount(memory: Memory, account: string, now: number): AccountStanding {
  const standing = standingOf(memory, account, now);
  memory.accounts.delete(account);
  memory.audit.push({ call: '', kind: 'lock', at: now, account, detail: 'opened' });
  return standing;
}
