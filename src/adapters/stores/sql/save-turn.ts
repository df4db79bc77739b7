import type { CallUpdate, Saved, TurnSave } from '../../../core/contracts/turns.ts';
import type { Vault } from '../vault.ts';
import { auditEvents } from './audit.ts';
import { asOf, markEnded, stateOf, type CallRow } from './calls.ts';
import { sealState } from './call-state.ts';
import { closeLive } from './close-live.ts';
import { change, type Operation } from './operation.ts';
import { dropTask, holdTask } from './tasks.ts';
import {
  findCallAndTurn,
  findTurn,
  holderHash,
  saveReply,
  turnHash,
  turnOf,
  type CallAndTurn,
  type TurnRow,
} from './turns.ts';

/** Only the present holder saves, and only once; whoever comes too late learns where the call is. */
export function* saveTurn(vault: Vault, save: TurnSave): Operation<Saved> {
  const { key, update } = save;
  const found = yield* findCallAndTurn(save.call, turnHash(vault, save.call, { key, entry: update?.entry ?? 0 }));
  const call = found && (yield* asOf(found, save.now));
  const row = call && (yield* findHeld(vault, save, call));
  if (!call || !row) return { kind: 'lost' };
  const isGoingOn = call.phase !== 'ended';
  if (update && isGoingOn && call.turns !== update.turns)
    return { kind: 'moved', nonce: stateOf(vault, call)?.nonce ?? '' };
  // Before the end that the turn brings.
  if (update) yield* auditEvents(vault, save.call, update.audit);
  if (update && isGoingOn) yield* moveOn(vault, save, { update, from: call, lastSeenAt: call.last_seen_at });
  yield* saveReply(vault, row, save.reply);
  return { kind: 'saved' };
}

function* findHeld(vault: Vault, save: TurnSave, call: CallAndTurn): Operation<TurnRow | undefined> {
  const holder = holderHash(vault, save.holder);
  const isHeld = (row: TurnRow | undefined): boolean => row?.holder_hash === holder && row.reply === null;
  const known = turnOf(call);
  if (isHeld(known)) return known;
  if (save.update || save.key.kind !== 'start') return undefined;
  // A start is claimed under the entry it opens, which without an update is the present or the next one.
  for (const entry of [call.entry, call.entry + 1]) {
    const row = yield* findTurn(vault, save.call, { key: save.key, entry });
    if (isHeld(row)) return row;
  }
  return undefined;
}

export function* moveOn(
  vault: Vault,
  { call, now }: Pick<TurnSave, 'call' | 'now'>,
  { update, from, lastSeenAt }: { update: CallUpdate; from: CallRow | undefined; lastSeenAt: number },
): Operation<void> {
  const { phase, place } = update;
  // What leaves the nonce as it is must not overtake the turn that this nonce was given to.
  const { nonce } = update.state;
  const turns = update.turns + (nonce !== '' && from && stateOf(vault, from)?.nonce === nonce ? 0 : 1);
  // It is the same in all turns of an entry, and its index would be written anew.
  const isNewRevision = from?.revision !== place.revision;
  yield* change(
    `UPDATE calls SET phase = ?, last_seen_at = ?, entry = ?, turns = ?, state = ?, nonce_hash = NULL, callflow = ?, block = ?,
       exit_name = ?${isNewRevision ? ', revision = ?' : ''} WHERE id = ?`,
    phase === 'ended' ? 'active' : phase,
    lastSeenAt,
    update.entry,
    turns,
    sealState(vault, call, update.state),
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
