import { setImmediate as nextTick } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openState, sealState } from '../../../src/adapters/stores/sql/call-state.ts';
import { makeKeys, vaultOf } from '../../../src/adapters/stores/vault.ts';
import type { CallState } from '../../../src/core/call/session.ts';
import { RETENTION, T0 } from '../../contracts/store/caller.ts';
import { temporaryStore } from './temporary-store.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const vault = vaultOf(makeKeys());

let opened: Awaited<ReturnType<typeof temporaryStore>>;
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

/** Seals a state that nobody else holds. */
function sealed(call: string): { readonly bytes: Uint8Array; readonly state: WeakRef<CallState> } {
  const state = { nonce: `nonce of ${call}` } as CallState;
  return { bytes: sealState(vault, call, state), state: new WeakRef(state) };
}

async function isInMemory(state: WeakRef<CallState>): Promise<boolean> {
  await nextTick();
  collectGarbage();
  return state.deref() !== undefined;
}

it('what a call was about is in memory until the second sweep after its last turn, and no longer', async () => {
  const { bytes, state } = sealed('CA1');
  await opened.store.sweep(T0, RETENTION);
  expect(await isInMemory(state)).toBe(true);
  await opened.store.sweep(T0, RETENTION);
  expect(await isInMemory(state)).toBe(false);
  expect(openState(vault, 'CA1', bytes)).toEqual({ nonce: 'nonce of CA1' });
});

it('of 1,001 calls the first is forgotten', async () => {
  const { state } = sealed('CA0');
  for (let calls = 0; calls < 1_000; calls += 1) sealed(`CA of ${calls}`);
  expect(await isInMemory(state)).toBe(false);
});
