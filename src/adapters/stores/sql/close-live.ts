import type { CloseReason } from '../../../core/contracts/codes.ts';
import { change, type Operation } from './operation.ts';

/** Closes the live codes of a call for good. */
export function* closeLive(call: string, now: number, why: CloseReason): Operation<void> {
  yield* change(
    'UPDATE challenges SET closed_at = ?, closed_why = ? WHERE call_id = ? AND closed_at IS NULL AND used_at IS NULL',
    now,
    why,
    call,
  );
}
