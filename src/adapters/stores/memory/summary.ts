import type { Keyring } from '../../../core/contracts/keyring.ts';
import type { CallSummary } from '../../../core/contracts/store.ts';
import type { Call } from './memory.ts';

/** The challenges come oldest first. */
export function summaryOf(call: Call, keyring: Keyring): CallSummary {
  const { phase, place, turns, sends, attempts, startedAt, lastSeenAt } = call;
  return {
    call: call.id,
    phase,
    ...place,
    entries: call.entry,
    turns,
    sends,
    attempts,
    grants: call.grants.length,
    startedAt,
    lastSeenAt,
    challenges: call.challenges.map((challenge) => ({
      method: challenge.issued.method,
      masked: challenge.issued.masked,
      issuedAt: challenge.issued.issuedAt,
      attempts: challenge.attempts,
      report: keyring.mac('report', [challenge.issued.report]),
    })),
  };
}
