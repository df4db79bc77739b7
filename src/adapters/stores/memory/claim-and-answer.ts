import type { AtOnce, Claimed, TurnClaim } from '../../../core/contracts/turns.ts';
import { claimTurn } from './claim-turn.ts';
import type { Memory } from './memory.ts';
import { saveTurn } from './save-turn.ts';

/** A claim, and with it the turn, where it needs nothing outside. */
export function claimAndAnswer(memory: Memory, claim: TurnClaim, atOnce?: AtOnce): Claimed {
  const claimed = claimTurn(memory, claim);
  if (claimed.kind !== 'won' || claimed.takenOver) return claimed;
  const answer = atOnce?.(claimed) ?? null;
  if (answer === null) return claimed;
  const { call, key, holder, now } = claim;
  saveTurn(memory, { call, key, holder, now, ...answer });
  return { kind: 'answered', ...answer };
}
