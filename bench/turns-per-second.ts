import { closedLoop } from './load/closed-loop.ts';
import { spreadOf, type Spread } from './load/spread.ts';
import type { ServerProcess } from './servers/server-process.ts';

const CALLERS = 64;
/** Turns after which V8 has compiled what they need. */
const WARM_UP = 8000;

export interface Throughput {
  readonly name: string;
  /** Turns a second. */
  readonly perSecond: Spread;
  /** Processor time of the server for one turn, microseconds. */
  readonly cpu: Spread;
}

/** One server after the other, round after round: what else the machine does meets all of them alike. */
export async function measureThroughput(
  servers: readonly ServerProcess[],
  { rounds, ms }: { readonly rounds: number; readonly ms: number },
): Promise<readonly Throughput[]> {
  const seen = servers.map(({ name }) => ({ name, perSecond: [] as number[], cpu: [] as number[] }));
  for (const { target } of servers) await closedLoop(target, { callers: CALLERS, most: WARM_UP });
  for (let round = 0; round < rounds; round++) {
    for (const [index, server] of servers.entries()) {
      const before = server.cpu;
      const { turns, perSecond } = await closedLoop(server.target, { callers: CALLERS, ms });
      seen[index]?.perSecond.push(perSecond);
      seen[index]?.cpu.push(((server.cpu - before) * 1000) / turns);
    }
  }
  return seen.map(({ name, perSecond, cpu }) => ({ name, perSecond: spreadOf(perSecond), cpu: spreadOf(cpu) }));
}
