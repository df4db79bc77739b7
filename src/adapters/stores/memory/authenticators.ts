import type { Authenticator, AuthenticatorProof, AuthenticatorStore } from '../../../core/contracts/authenticators.ts';
import { isCount } from '../count.ts';
import { revokeDevices } from './devices.ts';
import type { Memory } from './memory.ts';
import { refused } from './refused.ts';

type Added = Parameters<AuthenticatorStore['addAuthenticator']>[0];
type Confirmed = Parameters<AuthenticatorStore['confirmAuthenticator']>[0];

export function addAuthenticator(memory: Memory, { id, account, secret, now }: Added): void {
  if (memory.authenticators.has(id)) throw refused(`an authenticator ${id} is there already`);
  // A copy: whoever made the secret may wipe its bytes.
  const kept = { id, secret: Uint8Array.from(secret), enrolledAt: now };
  memory.authenticators.set(id, {
    account,
    authenticator: { ...kept, confirmedAt: null, revokedAt: null, lastStep: 0 },
  });
  auditEnrolment(memory, { account, at: now, detail: `enrolled ${id}` });
}

export function authenticatorsOf(memory: Memory, account: string): readonly Authenticator[] {
  const owned = [...memory.authenticators.values()].filter((each) => each.account === account);
  return owned
    .map(({ authenticator }) => authenticator)
    .toSorted((a, b) => a.enrolledAt - b.enrolledAt || (a.id < b.id ? -1 : 1));
}

export function confirmAuthenticator(memory: Memory, { id, step, now }: Confirmed): boolean {
  const owned = memory.authenticators.get(id);
  if (!owned || owned.authenticator.confirmedAt !== null || owned.authenticator.revokedAt !== null) return false;
  owned.authenticator = { ...owned.authenticator, confirmedAt: now, lastStep: step };
  factorChanged(memory, { account: owned.account, at: now, detail: `confirmed ${id}` });
  return true;
}

export function revokeAuthenticator(memory: Memory, id: string, now: number): boolean {
  const owned = memory.authenticators.get(id);
  if (!owned || owned.authenticator.revokedAt !== null) return false;
  owned.authenticator = { ...owned.authenticator, revokedAt: now, secret: null };
  factorChanged(memory, { account: owned.account, at: now, detail: `revoked ${id}` });
  return true;
}

/** Uses a step up; false where it, or a later one, was accepted before, or the authenticator does not count. */
export function acceptsStep(memory: Memory, account: string, { authenticator: id, step }: AuthenticatorProof): boolean {
  const owned = memory.authenticators.get(id);
  if (owned?.account !== account) return false;
  const { confirmedAt, revokedAt, lastStep } = owned.authenticator;
  if (confirmedAt === null || revokedAt !== null || !isCount(lastStep) || !(lastStep < step)) return false;
  owned.authenticator = { ...owned.authenticator, lastStep: step };
  return true;
}

/** Whoever was remembered has proved who they are by other means than the account has now. */
function factorChanged(memory: Memory, event: Parameters<typeof auditEnrolment>[1]): void {
  auditEnrolment(memory, event);
  revokeDevices(memory, { account: event.account, now: event.at, why: 'factor-changed' });
}

/** Of no call: whoever enrols is an operator. */
function auditEnrolment(memory: Memory, event: { account: string; at: number; detail: string }): void {
  memory.audit.push({ ...event, call: '', kind: 'enrolment', method: 'authenticator' });
}
