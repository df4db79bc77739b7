import type { AtOnce, Claimed, TurnClaim } from '../../../core/contracts/turns.ts';
import type { Vault } from '../vault.ts';
import { claimTurn } from './claim-turn.ts';
import type { Operation } from './operation.ts';
import { saveWon } from './save-turn.ts';

/** A claim, and in the same transaction the turn, where it needs nothing outside: one commit in place of two. */
export function* claimAndAnswer(vault: Vault, claim: TurnClaim, atOnce?: AtOnce): Operation<Claimed> {
  const claimed = yield* claimTurn(vault, claim);
  if (claimed.kind !== 'won' || claimed.takenOver) return claimed;
  const answer = atOnce?.(claimed) ?? null;
  if (answer === null) return claimed;
  const { call, key, holder, now } = claim;
  yield* saveWon(vault, { call, key, holder, now, ...answer }, claimed);
  return { kind: 'answered', ...answer };
}
