import { LineCaller } from '../load/line-caller.ts';
import { spreadOf, type Spread } from '../load/spread.ts';
import { Installation } from '../servers/dialproof.ts';
import { bytesOf } from './fill-store.ts';

const STARTS = 5;
const CONNECTIONS = 50;

export interface Started {
  /** Milliseconds until it takes calls. */
  readonly startUp: Spread;
  /** Bytes of the process when it has started, and with so many live calls. */
  readonly memory: { readonly idle: number; readonly busy: number };
  readonly calls: number;
  /** Of the store, for one live call at its first question. */
  readonly bytesPerCall: number;
}

/** How long a start takes, and what live calls add to memory and store. */
export async function measureStart(calls: number): Promise<Started> {
  const installation = await Installation.make();
  const took: number[] = [];
  for (let start = 0; start < STARTS; start++) {
    const server = await installation.start();
    took.push(server.startUp);
    await server.stop();
  }
  const server = await installation.start();
  const [idle, before] = [server.memory, bytesOf(installation.store)];
  const caller = new LineCaller(server.target, CONNECTIONS);
  for (let done = 0; done < calls; done += CONNECTIONS) await caller.starts(CONNECTIONS);
  await caller.close();
  const busy = server.memory;
  await server.stop();
  const bytesPerCall = (bytesOf(installation.store) - before) / calls;
  await installation.remove();
  return { startUp: spreadOf(took), memory: { idle, busy }, calls, bytesPerCall };
}
