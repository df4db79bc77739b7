import type { CallUpdate, Saved, TurnSave } from '../../../core/contracts/turns.ts';
import { endCall, findCall } from './calls.ts';
import { closeLive } from './close-live.ts';
import type { Call, Memory, Turn } from './memory.ts';
import { dropTask, holdTask } from './tasks.ts';
import { findTurn } from './turns.ts';

/** Only the present holder saves, and only once; whoever comes too late learns where the call is. */
export function saveTurn(memory: Memory, save: TurnSave): Saved {
  const call = findCall(memory, save.call, save.now);
  const turn = call && findHeld(save, call);
  if (!call || !turn) return { kind: 'lost' };
  const { update } = save;
  const isGoingOn = call.phase !== 'ended';
  if (update && isGoingOn && call.turns !== update.turns) return { kind: 'moved', nonce: call.state?.nonce ?? '' };
  // Before the end that the turn brings.
  for (const event of update?.audit ?? []) memory.audit.push({ ...event, call: save.call });
  if (update && isGoingOn) moveOn(memory, call, { update, now: save.now });
  turn.reply = save.reply;
  return { kind: 'saved' };
}

function findHeld({ key, holder, update }: TurnSave, call: Call): Turn | undefined {
  // A start is claimed under the entry it opens, which without an update is the present or the next one.
  const entries = update ? [update.entry] : [call.entry, call.entry + 1];
  for (const entry of entries) {
    const turn = findTurn(call, key, entry);
    if (turn && turn.holder === holder && turn.reply === null) return turn;
  }
  return undefined;
}

function moveOn(memory: Memory, call: Call, { update, now }: { update: CallUpdate; now: number }): void {
  const { phase, place, state, held, dropped } = update;
  // What leaves the nonce as it is must not overtake the turn that this nonce was given to.
  const keepsNonce = state.nonce !== '' && call.state?.nonce === state.nonce;
  call.turns = update.turns + (keepsNonce ? 0 : 1);
  call.phase = phase === 'ended' ? 'active' : phase;
  call.entry = update.entry;
  call.state = state;
  call.place = place;
  if (held) holdTask(call, held);
  if (dropped !== undefined) {
    dropTask(call, dropped);
    closeLive(call, 'dropped');
  }
  // With the turn and not before it: one that lost its claim must not close the code of the one that won.
  if (state.waiting.for === 'dial' || phase === 'away') closeLive(call, 'exit');
  if (phase === 'ended') endCall(memory, call, { now, why: place.exit ?? 'ended', codes: 'ended' });
}
