import type { Claimed, TurnClaim } from '../../../core/contracts/turns.ts';
import { isAnswer } from '../turn-rules.ts';
import { findCall, touch } from './calls.ts';
import { claimStart } from './claim-start.ts';
import type { Call, Memory } from './memory.ts';
import { claimAgain, claimFresh, findTurn, standingClaim, takeOver } from './turns.ts';

/** Protocol of a call: the first row that fits. A claim is made before anything has an effect. */
export function claimTurn(memory: Memory, claim: TurnClaim): Claimed {
  const call = findCall(memory, claim.call, claim.now);
  const claimed = claimIn(memory, claim, call);
  // Afterwards: a start asks when the call was heard of before.
  if (call) touch(call, claim.now);
  return claimed;
}

function claimIn(memory: Memory, claim: TurnClaim, call: Call | undefined): Claimed {
  const { key } = claim;
  if (key.kind === 'start') return claimStart(memory, { ...claim, key }, call);
  if (!call) return { kind: 'unknown' };
  return key.kind === 'turn' ? claimNonce(claim, call, key.nonce) : claimFallback(claim, call);
}

function claimNonce(claim: TurnClaim, call: Call, nonce: string): Claimed {
  const { state } = call;
  const isCurrent = state !== null && state.nonce !== '' && state.nonce === nonce;
  const turn = findTurn(call, claim.key, call.entry);
  if (turn) {
    const standing = standingClaim(turn, claim);
    if (standing) return standing;
    if (isCurrent) return takeOver(claim, call, turn);
    // A start has moved the call on since this turn was claimed: its input must not reach another question.
    if (call.phase === 'ended') return { kind: 'ended' };
    return state && state.nonce !== '' ? { kind: 'moved', nonce: state.nonce } : { kind: 'unknown' };
  }
  if (call.phase === 'ended') return { kind: 'ended' };
  if (!isCurrent) return { kind: 'unknown' };
  if (!isAnswer(claim.input) && state.waiting.for === 'keys') {
    const reply = findTurn(call, state.issuedBy.key, state.issuedBy.entry)?.reply;
    return reply ? { kind: 'again', reply } : { kind: 'unknown' };
  }
  if (claim.onlyKnown) return { kind: 'unclaimed' };
  return claimFresh(claim, call, call.entry);
}

/** Told apart by its ErrorUrl; the current nonce stays as it is. */
function claimFallback(claim: TurnClaim, call: Call): Claimed {
  const turn = findTurn(call, claim.key, call.entry);
  if (turn) return claimAgain(claim, call, turn);
  if (call.phase === 'ended') return { kind: 'ended' };
  // No reply of this call has ever been saved, so there is no question to ask again.
  if (!call.state) return { kind: 'unknown' };
  return claimFresh(claim, call, call.entry);
}
