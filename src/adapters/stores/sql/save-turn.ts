import type { CallUpdate, ClaimWon, Saved, TurnSave } from '../../../core/contracts/turns.ts';
import type { CallState } from '../../../core/call/session.ts';
import type { Vault } from '../vault.ts';
import { auditEvents } from './audit.ts';
import { findCall, markEnded, stateOf, type CallRow } from './calls.ts';
import { sealState } from './call-state.ts';
import { closeLive } from './close-live.ts';
import { change, type Operation } from './operation.ts';
import { dropTask, holdTask } from './tasks.ts';
import { findTurn, holderHash, nonceHash, saveReply, turnHash, type TurnRow } from './turns.ts';

/** Only the present holder saves, and only once; whoever comes too late learns where the call is. */
export function* saveTurn(vault: Vault, save: TurnSave): Operation<Saved> {
  const call = yield* findCall(save.call, save.now);
  const row = call && (yield* findHeld(vault, save, call));
  if (!call || !row) return { kind: 'lost' };
  const { update } = save;
  const isGoingOn = call.phase !== 'ended';
  if (update && isGoingOn && call.turns !== update.turns)
    return { kind: 'moved', nonce: stateOf(vault, call)?.nonce ?? '' };
  // Before the end that the turn brings.
  if (update) yield* auditEvents(vault, save.call, update.audit);
  if (update && isGoingOn)
    yield* moveOn(vault, save, { update, before: stateOf(vault, call), lastSeenAt: call.last_seen_at });
  yield* saveReply(vault, row, save.reply);
  return { kind: 'saved' };
}

/** The same in the transaction of its claim: nobody can have come between. */
export function* saveWon(
  vault: Vault,
  save: TurnSave & { readonly update: CallUpdate },
  { won, lastSeenAt }: { readonly won: ClaimWon; readonly lastSeenAt: number },
): Operation<void> {
  const { call, key, update } = save;
  yield* auditEvents(vault, call, update.audit);
  yield* moveOn(vault, save, { update, before: won.call?.state ?? null, lastSeenAt });
  yield* saveReply(vault, { call_id: call, turn_key: turnHash(vault, call, { key, entry: won.entry }) }, save.reply);
}

function* findHeld(vault: Vault, save: TurnSave, call: CallRow): Operation<TurnRow | undefined> {
  const holder = holderHash(vault, save.holder);
  // A start is claimed under the entry it opens, which without an update is the present or the next one.
  const entries = save.update ? [save.update.entry] : [call.entry, call.entry + 1];
  for (const entry of entries) {
    const row = yield* findTurn(vault, save.call, { key: save.key, entry });
    if (row && row.holder_hash === holder && row.reply === null) return row;
  }
  return undefined;
}

export function* moveOn(
  vault: Vault,
  { call, now }: Pick<TurnSave, 'call' | 'now'>,
  { update, before, lastSeenAt }: { update: CallUpdate; before: CallState | null; lastSeenAt: number },
): Operation<void> {
  const { phase, place } = update;
  // What leaves the nonce as it is must not overtake the turn that this nonce was given to.
  const { nonce } = update.state;
  const turns = update.turns + (nonce !== '' && before?.nonce === nonce ? 0 : 1);
  // It is the same in all turns of an entry, and its index would be written anew.
  const isNewRevision = before?.session.revision !== place.revision;
  yield* change(
    `UPDATE calls SET phase = ?, last_seen_at = ?, entry = ?, turns = ?, state = ?, nonce_hash = ?, callflow = ?, block = ?,
       exit_name = ?${isNewRevision ? ', revision = ?' : ''} WHERE id = ?`,
    phase === 'ended' ? 'active' : phase,
    lastSeenAt,
    update.entry,
    turns,
    sealState(vault, call, update.state),
    nonceHash(vault, call, nonce),
    place.callflow,
    place.block,
    place.exit,
    ...(isNewRevision ? [place.revision] : []),
    call,
  );
  if (update.held) yield* holdTask(vault, { ...update.held, call, turn: turns });
  if (update.dropped !== undefined) {
    yield* dropTask(vault, call, update.dropped);
    yield* closeLive(call, now, 'dropped');
  }
  // With the turn and not before it: one that lost its claim must not close the code of the one that won.
  if (update.state.waiting.for === 'dial' || phase === 'away') yield* closeLive(call, now, 'exit');
  if (phase === 'ended') yield* markEnded(call, now, { why: place.exit ?? 'ended', codes: 'ended' });
}
