import { fixedRate } from './load/fixed-rate.ts';
import { quantile, spreadOf, type Spread } from './load/spread.ts';
import type { ServerProcess } from './servers/server-process.ts';

/** Turns that arrive in a second. */
const RATES = [200, 1000];

export interface Latency {
  readonly name: string;
  readonly rate: number;
  /** Milliseconds. */
  readonly p50: Spread;
  readonly p99: Spread;
  readonly max: Spread;
}

export async function measureLatency(
  servers: readonly ServerProcess[],
  { rounds, ms }: { readonly rounds: number; readonly ms: number },
): Promise<readonly Latency[]> {
  const seen = RATES.flatMap((rate) =>
    servers.map((server) => ({ rate, server, rounds: [] as (readonly number[])[] })),
  );
  for (let round = 0; round < rounds; round++) {
    for (const { server, rate, rounds: into } of seen) {
      const took = await fixedRate(server.target, { perSecond: rate, ms });
      into.push(took.toSorted((a, b) => a - b));
    }
  }
  return seen.map(({ server, rate, rounds: each }) => ({
    name: server.name,
    rate,
    p50: spreadOf(each.map((sorted) => quantile(sorted, 0.5))),
    p99: spreadOf(each.map((sorted) => quantile(sorted, 0.99))),
    max: spreadOf(each.map((sorted) => quantile(sorted, 1))),
  }));
}
