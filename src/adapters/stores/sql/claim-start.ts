import type { Claimed, TurnClaim } from '../../../core/contracts/turns.ts';
import type { CallState } from '../../../core/call/session.ts';
import { isHeld, isIssuedBy, isRepeat, mayBeRepeated, type StartKey } from '../turn-rules.ts';
import type { Vault } from '../vault.ts';
import { stateOf, type CallRow } from './calls.ts';
import { closeLive } from './close-live.ts';
import { change, type Operation } from './operation.ts';
import { claimFresh, findTurn, inputOf, standingClaim, takeOver, type Fresh, type TurnRow } from './turns.ts';

type StartClaim = TurnClaim & { readonly key: StartKey };

export function* claimStart(vault: Vault, claim: StartClaim, call: CallRow | undefined): Operation<Claimed | Fresh> {
  if (!call && claim.onlyKnown) return { kind: 'unknown' };
  if (!call) return yield* claimFresh(vault, claim, { call: yield* createCall(claim), entry: 1 });
  const state = stateOf(vault, call);
  if (call.phase === 'away' && state) return yield* claimReturn(vault, claim, { call, state });
  const current = yield* findTurn(vault, call.id, { key: claim.key, entry: call.entry });
  if (current && opensEntry(current, { claim, state })) {
    return standingClaim(vault, current, claim) ?? (yield* takeOver(vault, claim, { call, row: current }));
  }
  // The claim of an entry stands under the next number until it is saved.
  const next = yield* findTurn(vault, call.id, { key: claim.key, entry: call.entry + 1 });
  if (next) return standingClaim(vault, next, claim) ?? (yield* takeOver(vault, claim, { call, row: next }));
  // Whoever is put through to a person does not come back by a start.
  if (call.phase === 'ended' || state?.waiting.for === 'dial') return { kind: 'ended' };
  if (current?.reply && state) return { kind: 'moved', nonce: state.nonce };
  if (claim.onlyKnown) return { kind: 'unclaimed' };
  yield* closeLive(call.id, claim.now, 'abandoned');
  return yield* claimFresh(vault, claim, { call, entry: call.entry + 1 });
}

/** Another application has the call: a start is its return, unless it repeats one that was answered before. */
function* claimReturn(
  vault: Vault,
  claim: StartClaim,
  { call, state }: { call: CallRow; state: CallState },
): Operation<Claimed | Fresh> {
  for (let entry = call.entry; entry >= 1; entry -= 1) {
    const row = yield* findTurn(vault, call.id, { key: claim.key, entry });
    const standsThere = (of: TurnRow): boolean =>
      entry === call.entry && opensEntry(of, { claim, state }) && mayBeRepeated(call.last_seen_at, claim.now);
    const repeats = row && (isRepeat(claim.input, inputOf(vault, row)) ?? standsThere(row));
    const standing = row && repeats === true ? standingClaim(vault, row, claim) : null;
    if (standing) return standing;
  }
  const next = yield* findTurn(vault, call.id, { key: claim.key, entry: call.entry + 1 });
  if (next) return standingClaim(vault, next, claim) ?? (yield* takeOver(vault, claim, { call, row: next }));
  if (claim.onlyKnown) return { kind: 'unclaimed' };
  return yield* claimFresh(vault, claim, { call, entry: call.entry + 1 });
}

function* createCall({ call, key, now }: StartClaim): Operation<CallRow> {
  yield* change(
    "INSERT INTO calls (id, phase, entry, callflow, started_at, last_seen_at) VALUES (?, 'active', 1, ?, ?, ?)",
    call,
    key.callflow,
    now,
    now,
  );
  const counts = { entry: 1, turns: 0, sends: 0, attempts: 0 };
  return { id: call, phase: 'active', ...counts, last_seen_at: now, revision: '', state: null };
}

/** Whether the present entry stands where this start brought it, or will once the claim in flight is saved. */
function opensEntry(row: TurnRow, at: { claim: StartClaim; state: CallState | null }): boolean {
  const { claim, state } = at;
  if (state === null) return true;
  // Another start has opened this entry meanwhile; whoever claimed this row died, or learns of it when saving.
  if (row.reply === null) return isHeld(row.lease_until, claim);
  return isIssuedBy(state, claim.key);
}
