import { Installation } from '../servers/dialproof.ts';
import { measureThroughput, type Throughput } from '../turns-per-second.ts';
import { bytesOf, fillStore } from './fill-store.ts';

export interface Growth {
  /** One after the other: with a thousand finished calls in the store, and with many. */
  readonly measured: readonly Throughput[];
  /** Of the store, for one call that is over and purged. */
  readonly bytesPerCall: number;
}

/** The same turns on a store that is nearly empty and on one with so many finished calls, round after round. */
export async function measureGrowth(
  calls: number,
  how: { readonly rounds: number; readonly ms: number },
): Promise<Growth> {
  const few = await Installation.make();
  const many = await Installation.make();
  // The first start makes the tables.
  for (const each of [few, many]) await (await each.start()).stop();
  fillStore(few.store, 1000);
  const before = bytesOf(many.store);
  fillStore(many.store, calls);
  const bytesPerCall = (bytesOf(many.store) - before) / calls;
  const servers = [await few.start({}, '1,000'), await many.start({}, calls.toLocaleString('en-US'))];
  try {
    return { measured: await measureThroughput(servers, how), bytesPerCall };
  } finally {
    for (const server of servers) await server.stop();
    await few.remove();
    await many.remove();
  }
}
