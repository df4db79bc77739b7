import type { Claimed, ClaimWon, TurnClaim } from '../../../core/contracts/turns.ts';
import type { TurnKey } from '../../../core/call/session.ts';
import { isHeld } from '../turn-rules.ts';
import { storedCall, turnName } from './calls.ts';
import type { Call, Turn } from './memory.ts';
import { undeliveredIn } from './reports.ts';
import { latestTask } from './tasks.ts';

export function findTurn(call: Call, key: TurnKey, entry: number): Turn | undefined {
  return call.claims.get(turnName(key, entry));
}

/** The claim of a turn that nobody has claimed before. */
export function claimFresh(claim: TurnClaim, call: Call, entry: number): ClaimWon {
  const { key, input, holder, now, lease } = claim;
  const turn: Turn = { entry, input, holder, reply: null, leaseUntil: now + lease };
  call.claims.set(turnName(key, entry), turn);
  return won(claim, call, { turn, takenOver: false });
}

/** The answer to a claim that stands: the stored reply, busy while the lease runs, or the take-over from a process that died. */
export function claimAgain(claim: TurnClaim, call: Call, turn: Turn): Claimed {
  return standingClaim(turn, claim) ?? takeOver(claim, call, turn);
}

/** Null when the claim may be taken over. */
export function standingClaim(turn: Turn, claim: TurnClaim): Claimed | null {
  if (turn.reply) return { kind: 'saved', reply: turn.reply };
  return isHeld(turn.leaseUntil, claim) ? { kind: 'busy' } : null;
}

/** The process that claimed the turn has died: this one runs what it had claimed. */
export function takeOver(claim: TurnClaim, call: Call, turn: Turn): ClaimWon {
  turn.holder = claim.holder;
  turn.leaseUntil = claim.now + claim.lease;
  return won(claim, call, { turn, takenOver: true });
}

function won(claim: TurnClaim, call: Call, { turn, takenOver }: { turn: Turn; takenOver: boolean }): ClaimWon {
  const { grants } = call;
  return {
    kind: 'won',
    call: storedCall(call),
    entry: turn.entry,
    input: turn.input,
    takenOver,
    task: latestTask(call, claim.now),
    verified: (account) => grants.includes(account),
    undelivered: undeliveredIn(call, claim.now),
  };
}
