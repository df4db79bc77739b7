import type { Claimed, TurnClaim } from '../../../core/contracts/turns.ts';
import { isAnswer } from '../turn-rules.ts';
import type { Vault } from '../vault.ts';
import { stateOf, type CallRow } from './calls.ts';
import { claimStart } from './claim-start.ts';
import type { Operation } from './operation.ts';
import {
  claimFresh,
  findTurn,
  replyOf,
  standingClaim,
  takeOver,
  turnOf,
  type CallAndTurn,
  type Fresh,
} from './turns.ts';

/** Protocol of a call: the first row that fits. A claim is made before anything has an effect. */
export function* claimTurn(vault: Vault, claim: TurnClaim, call: CallRow | undefined): Operation<Claimed | Fresh> {
  if (claim.key.kind === 'start') return yield* claimStart(vault, { ...claim, key: claim.key }, call);
  if (!call) return { kind: 'unknown' };
  return yield* claimFallback(vault, claim, call);
}

/** A turn, by the nonce of the question that it answers. */
export function* claimNonce(
  vault: Vault,
  claim: TurnClaim,
  { call, nonce, turnKey }: { call: CallAndTurn; nonce: string; turnKey: string },
): Operation<Claimed | Fresh> {
  const state = stateOf(vault, call);
  const current = state !== null && state.nonce !== '' && state.nonce === nonce;
  const row = turnOf(call);
  if (row) {
    const standing = standingClaim(vault, row, claim);
    if (standing) return standing;
    if (current) return yield* takeOver(vault, claim, { call, row });
    // A start has moved the call on since this turn was claimed: its input must not reach another question.
    if (call.phase === 'ended') return { kind: 'ended' };
    return state && state.nonce !== '' ? { kind: 'moved', nonce: state.nonce } : { kind: 'unknown' };
  }
  if (call.phase === 'ended') return { kind: 'ended' };
  if (!current) return { kind: 'unknown' };
  if (!isAnswer(claim.input) && state.waiting.for === 'keys') {
    const asked = yield* findTurn(vault, call.id, state.issuedBy);
    const reply = asked && replyOf(vault, asked);
    return reply ? { kind: 'again', reply } : { kind: 'unknown' };
  }
  if (claim.onlyKnown) return { kind: 'unclaimed' };
  return yield* claimFresh(vault, claim, { call, entry: call.entry, turnKey, has: call });
}

/** Told apart by its ErrorUrl; the current nonce stays as it is. */
function* claimFallback(vault: Vault, claim: TurnClaim, call: CallRow): Operation<Claimed | Fresh> {
  const row = yield* findTurn(vault, call.id, { key: claim.key, entry: call.entry });
  if (row) return standingClaim(vault, row, claim) ?? (yield* takeOver(vault, claim, { call, row }));
  if (call.phase === 'ended') return { kind: 'ended' };
  // No reply of this call has ever been saved, so there is no question to ask again.
  if (!call.state) return { kind: 'unknown' };
  return yield* claimFresh(vault, claim, { call, entry: call.entry });
}
