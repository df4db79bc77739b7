import type { Claimed, TurnClaim } from '../../../core/contracts/turns.ts';
import type { CallState } from '../../../core/call/session.ts';
import { isHeld, isIssuedBy, isRepeat, mayBeRepeated, type StartKey } from '../turn-rules.ts';
import { addCall } from './calls.ts';
import { closeLive } from './close-live.ts';
import type { Call, Memory, Turn } from './memory.ts';
import { claimAgain, claimFresh, findTurn, standingClaim } from './turns.ts';

type StartClaim = TurnClaim & { readonly key: StartKey };

export function claimStart(memory: Memory, claim: StartClaim, call: Call | undefined): Claimed {
  if (!call) {
    if (claim.onlyKnown) return { kind: 'unknown' };
    return claimFresh(claim, addCall(memory, { id: claim.call, callflow: claim.key.callflow, now: claim.now }), 1);
  }
  const { state } = call;
  if (call.phase === 'away' && state) return claimReturn(claim, call, state);
  const current = findTurn(call, claim.key, call.entry);
  if (current && opensEntry(current, claim, state)) return claimAgain(claim, call, current);
  // The claim of an entry stands under the next number until it is saved.
  const next = findTurn(call, claim.key, call.entry + 1);
  if (next) return claimAgain(claim, call, next);
  // Whoever is put through to a person does not come back by a start.
  if (call.phase === 'ended' || state?.waiting.for === 'dial') return { kind: 'ended' };
  if (current?.reply && state) return { kind: 'moved', nonce: state.nonce };
  if (claim.onlyKnown) return { kind: 'unclaimed' };
  closeLive(call, 'abandoned');
  return claimFresh(claim, call, call.entry + 1);
}

/** Another application has the call: a start is its return, unless it repeats one that was answered before. */
function claimReturn(claim: StartClaim, call: Call, state: CallState): Claimed {
  for (let entry = call.entry; entry >= 1; entry -= 1) {
    const turn = findTurn(call, claim.key, entry);
    if (!turn) continue;
    const standsThere = (): boolean =>
      entry === call.entry && opensEntry(turn, claim, state) && mayBeRepeated(call.lastSeenAt, claim.now);
    const standing = (isRepeat(claim.input, turn.input) ?? standsThere()) ? standingClaim(turn, claim) : null;
    if (standing) return standing;
  }
  const next = findTurn(call, claim.key, call.entry + 1);
  if (next) return claimAgain(claim, call, next);
  return claim.onlyKnown ? { kind: 'unclaimed' } : claimFresh(claim, call, call.entry + 1);
}

/** Whether the present entry stands where this start brought it, or will once the claim in flight is saved. */
function opensEntry(turn: Turn, claim: StartClaim, state: CallState | null): boolean {
  if (state === null) return true;
  // Another start has opened this entry meanwhile; whoever claimed this turn died, or learns of it when saving.
  return turn.reply === null ? isHeld(turn.leaseUntil, claim) : isIssuedBy(state, claim.key);
}
