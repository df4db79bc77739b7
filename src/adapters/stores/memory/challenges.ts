import type { CloseReason, LiveChallenge, NewChallenge } from '../../../core/contracts/codes.ts';
import { mustFindCall } from './calls.ts';
import { close, closeLive } from './close-live.ts';
import type { Call, Challenge, Memory } from './memory.ts';
import { refused } from './refused.ts';

/** Opened again under the same id it changes nothing. In a call that has ended it is closed from the start. */
export function openChallenge(memory: Memory, challenge: NewChallenge): void {
  const { id, account, method, report, tells } = challenge;
  const call = mustFindCall(memory, challenge.call);
  if (findChallenge(call, id)) return;
  if (tells && memory.codeCalls.has(report)) throw refused('the token of a call that tells a code was used before');
  closeLive(call, 'newer');
  call.challenges.push({
    issued: challenge,
    mac: challenge.mac,
    attempts: 0,
    usedBy: null,
    closedWhy: null,
    isReported: false,
  });
  if (tells) {
    const binding = { challenge: id, call: call.id, account, method };
    memory.codeCalls.set(report, { binding, tells, steps: [], isEnded: false });
  }
  if (call.phase === 'ended') closeLive(call, 'hang-up');
}

/** Closes this one code, if it lives. */
export function closeChallenge(call: Call | undefined, id: string, why: CloseReason): void {
  const challenge = call && findChallenge(call, id);
  if (challenge) close(challenge, why);
}

export function findChallenge(call: Call, id: string): Challenge | undefined {
  return call.challenges.find(({ issued }) => issued.id === id);
}

/** The code opened last for this account in this call, live or not. */
export function latestChallenge(call: Call, account: string): Challenge | undefined {
  return call.challenges.findLast(({ issued }) => issued.account === account);
}

export function liveChallenge({ issued, mac }: Challenge): LiveChallenge {
  const { id, method, issuedAt, expiresAt } = issued;
  return { id, mac, method, issuedAt, expiresAt };
}

/** What the audit trail says of a code. */
export function named({ issued }: Challenge): Pick<NewChallenge, 'call' | 'account' | 'method' | 'masked'> {
  const { call, account, method, masked } = issued;
  return { call, account, method, masked };
}
