import { setTimeout as pause } from 'node:timers/promises';
import { LineCaller } from './line-caller.ts';
import type { Target } from './line-call.ts';

const CONNECTIONS = 256;

/**
 * Milliseconds that each turn took when so many arrive every second, whether or not the ones before were answered: counted
 * from when it was due, so that a server that stands still is not asked more seldom (coordinated omission).
 */
export async function fixedRate(
  target: Target,
  { perSecond, ms }: { readonly perSecond: number; readonly ms: number },
): Promise<readonly number[]> {
  const caller = new LineCaller(target, CONNECTIONS);
  const all = Math.round((perSecond * ms) / 1000);
  const took: number[] = [];
  const turns: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sent < all;) {
    const due = Math.min(all, Math.floor(((performance.now() - began) * perSecond) / 1000) + 1);
    for (; sent < due; sent++) {
      const at = began + (sent * 1000) / perSecond;
      turns.push(caller.turn().then(() => void took.push(performance.now() - at)));
    }
    await pause(1);
  }
  await Promise.all(turns);
  await caller.close();
  return took;
}
