/**
 * Durable turns of Dialproof beside what one would write by hand, in one run on one machine: turns a second, processor
 * time, and milliseconds at fixed rates. `--quick`: fewer and shorter rounds.
 */
import { measureThroughput } from './turns-per-second.ts';
import { measureLatency } from './latency.ts';
import { latencyTable, throughputTable } from './tables.ts';
import { startAll } from './servers/all-servers.ts';

const quick = process.argv.includes('--quick');
const all = await startAll();
try {
  const throughput = await measureThroughput(all.servers, quick ? { rounds: 3, ms: 2000 } : { rounds: 7, ms: 4000 });
  process.stdout.write(throughputTable(throughput));
  const latency = await measureLatency(all.servers, quick ? { rounds: 1, ms: 3000 } : { rounds: 3, ms: 5000 });
  process.stdout.write(latencyTable(latency));
} finally {
  await all.close();
}
