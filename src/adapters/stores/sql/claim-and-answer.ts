import type { AtOnce, Claimed, TurnClaim } from '../../../core/contracts/turns.ts';
import type { Vault } from '../vault.ts';
import { asOf, findCall, touch, type CallRow } from './calls.ts';
import { claimNonce, claimTurn } from './claim-turn.ts';
import type { Operation } from './operation.ts';
import { moveOn } from './save-turn.ts';
import { findCallAndTurn, insertAnswered, insertClaim, turnHash, type Fresh } from './turns.ts';
import { auditEvents } from './audit.ts';

/** A claim, and in the same transaction the turn, where it needs nothing outside: one commit in place of two. */
export function* claimAndAnswer(vault: Vault, claim: TurnClaim, atOnce?: AtOnce): Operation<Claimed> {
  const { call: id, now } = claim;
  const { call, claimed } = yield* claimOf(vault, claim);
  const answer = claimed.kind === 'fresh' ? (atOnce?.(claimed.won) ?? null) : null;
  if (claimed.kind === 'fresh' && answer !== null) {
    const { reply, update } = answer;
    const lastSeenAt = Math.max(call?.last_seen_at ?? now, now);
    yield* insertAnswered(vault, claim, { fresh: claimed, reply });
    yield* auditEvents(vault, id, update.audit);
    yield* moveOn(vault, { call: id, now }, { update, from: call, lastSeenAt });
    return { kind: 'answered', ...answer };
  }
  if (call) yield* touch(call, now);
  if (claimed.kind !== 'fresh') return claimed;
  yield* insertClaim(vault, claim, claimed);
  return claimed.won;
}

function* claimOf(
  vault: Vault,
  claim: TurnClaim,
): Operation<{ readonly call: CallRow | undefined; readonly claimed: Claimed | Fresh }> {
  const { key, now } = claim;
  if (key.kind !== 'turn') {
    const call = yield* findCall(claim.call, now);
    return { call, claimed: yield* claimTurn(vault, claim, call) };
  }
  const turnKey = turnHash(vault, claim.call, { key, entry: 0 });
  const found = yield* findCallAndTurn(claim.call, turnKey);
  if (!found) return { call: undefined, claimed: { kind: 'unknown' } };
  const call = yield* asOf(found, now);
  return { call, claimed: yield* claimNonce(vault, claim, { call, nonce: key.nonce, turnKey }) };
}
