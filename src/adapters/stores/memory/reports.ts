import type { ReportStore } from '../../../core/contracts/reports.ts';
import { isAlive } from '../../../core/verification/code.ts';
import { isLearnedOf } from '../closed-codes.ts';
import { named } from './challenges.ts';
import { close, isOpen } from './close-live.ts';
import type { Call, Challenge, Memory } from './memory.ts';

type Report = Parameters<ReportStore['reportFailed']>[0];

/** Marks the live code of a send, once. */
export function reportFailed(memory: Memory, report: Report): string | null {
  for (const { challenges } of memory.calls.values()) {
    const challenge = challenges.find((each) => isMeant(each, report));
    if (!challenge) continue;
    challenge.isReported = true;
    memory.audit.push({ ...named(challenge), kind: 'report', at: report.now, detail: 'failed' });
    return challenge.issued.call;
  }
  return null;
}

function isMeant(challenge: Challenge, { method, token, now }: Report): boolean {
  const { issued, isReported } = challenge;
  const isItsToken = issued.report === token && issued.method === method;
  return isItsToken && !isReported && isOpen(challenge) && isAlive(issued, now);
}

export function closeUndelivered(call: Call | undefined): void {
  for (const challenge of call?.challenges ?? []) if (challenge.isReported) close(challenge, 'undelivered');
}

/** Whose code the newest of a call is, where it lives and was reported as failed. */
export function undeliveredIn(call: Call, now: number): (account: string) => boolean {
  const newest = call.challenges.at(-1);
  if (!newest?.isReported || newest.usedBy !== null) return nobodys;
  const isLive = isOpen(newest) && isAlive(newest.issued, now);
  if (!isLive && !isLearnedOf(newest.closedWhy)) return nobodys;
  return (account) => newest.issued.account === account;
}

function nobodys(): boolean {
  return false;
}
