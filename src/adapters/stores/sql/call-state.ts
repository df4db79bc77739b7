import type { CallState } from '../../../core/call/session.ts';
import type { Vault } from '../vault.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';

/** A state, and the bytes that it is sealed in. */
interface Sealed {
  readonly bytes: Uint8Array;
  readonly state: CallState;
}

/** Of the calls that were here a moment ago. */
const latest = new WeakMap<Vault, Map<string, Sealed>>();
/** So many are remembered; each takes some kilobytes. */
const MOST = 1_000;

export function sealState(vault: Vault, call: string, state: CallState): Uint8Array {
  const bytes = sealJson(vault, state, placeOf(call));
  remember(vault, call, { bytes, state });
  return bytes;
}

/** Where the store holds the very bytes that were sealed here, as it does unless another instance had the call, they need not be opened. */
export function openState(vault: Vault, call: string, bytes: Uint8Array): CallState {
  const known = latest.get(vault)?.get(call);
  if (known !== undefined && Buffer.compare(known.bytes, bytes) === 0) return known.state;
  const state = openJson(vault, bytes, placeOf(call));
  remember(vault, call, { bytes, state });
  return state;
}

function remember(vault: Vault, call: string, sealed: Sealed): void {
  const known = latest.get(vault) ?? new Map<string, Sealed>();
  latest.set(vault, known);
  known.delete(call);
  const [oldest] = known.size < MOST ? [] : known.keys();
  if (oldest !== undefined) known.delete(oldest);
  known.set(call, sealed);
}

function placeOf(call: string): Place<CallState> {
  return { at: [call, 'state'] };
}
