import type { CallState } from '../../../core/call/session.ts';
import type { Vault } from '../vault.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

/** A state, and the bytes that it is sealed in. */
interface Sealed {
  readonly vault: Vault;
  readonly bytes: Uint8Array;
  readonly state: CallState;
}

/** By call: those since the last sweep of this process, and those since the one before. */
let [latest, earlier] = [new Map<string, Sealed>(), new Map<string, Sealed>()];
/** So many are remembered of each; one takes some kilobytes. */
const MOST = 1_000;

export function sealState(vault: Vault, call: string, state: CallState): Uint8Array {
  const bytes = sealJson(vault, state, placeOf(call));
  remember(call, { vault, bytes, state });
  return bytes;
}

/** Where the store holds the very bytes that were sealed here, as it does unless another instance had the call, they need not be opened. */
export function openState(vault: Vault, call: string, bytes: Uint8Array): CallState {
  const known = latest.get(call) ?? earlier.get(call);
  if (known?.vault === vault && Buffer.compare(known.bytes, bytes) === 0) return known.state;
  const state = openJson(vault, bytes, placeOf(call));
  remember(call, { vault, bytes, state });
  return state;
}

/** At each sweep: what a call was about is not kept in memory when nothing has come of it since the last one. */
export function forgetStates(): void {
  [latest, earlier] = [new Map(), latest];
}

function remember(call: string, sealed: Sealed): void {
  latest.delete(call);
  const [oldest] = latest.size < MOST ? [] : latest.keys();
  if (oldest !== undefined) latest.delete(oldest);
  latest.set(call, sealed);
}

function placeOf(call: string): Place<CallState> {
  return { at: [call, 'state'] };
}
