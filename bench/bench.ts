/**
 * Durable turns of Dialproof beside what one would write by hand, in one run on one machine, and what a turn, a call and a
 * start cost. `--quick`: fewer and shorter rounds, and docs/performance.md stays as it is.
 */
import { measureGrowth } from './growth/measure-growth.ts';
import { measureStart } from './growth/measure-start.ts';
import { measureLatency } from './latency.ts';
import { machine, machineName, printedBy, writeFigures, writePage } from './page.ts';
import { startAll } from './servers/all-servers.ts';
import { measureInstances } from './several-instances.ts';
import {
  growthTable,
  instancesTable,
  latencyTable,
  startedTable,
  table,
  throughputTable,
  verifiedTable,
} from './tables.ts';
import { measureThroughput } from './turns-per-second.ts';
import { measureVerified } from './verified-calls.ts';

const quick = process.argv.includes('--quick');
const parts: string[] = [];

function tell(title: string, text: string): void {
  const part = `### ${title}\n\n${text.trim()}\n\n`;
  process.stdout.write(part);
  parts.push(part);
}

/** For docs/scaling.md. */
const figures = {
  date: new Date().toISOString().slice(0, 10),
  machine: machineName(),
  sqlite: { turnsPerSecond: 0, p99At200: 0, p99At1000: 0 },
  postgres: { one: 0, two: 0 },
  bytesPerCall: 0,
  memoryPerCall: 0,
  startUpMs: 0,
};

const all = await startAll();
try {
  const throughput = await measureThroughput(all.servers, quick ? { rounds: 3, ms: 2000 } : { rounds: 7, ms: 4000 });
  tell('Turns a second', throughputTable(throughput));
  const latency = await measureLatency(all.servers, quick ? { rounds: 1, ms: 3000 } : { rounds: 3, ms: 5000 });
  tell('Latency at fixed rates', latencyTable(latency));
  // Dialproof is the first.
  const p99 = (at: number): number => latency.find(({ rate }) => rate === at)?.p99.median ?? 0;
  figures.sqlite = {
    turnsPerSecond: Math.round(throughput[0]?.perSecond.median ?? 0),
    p99At200: Number(p99(200).toFixed(1)),
    p99At1000: Number(p99(1000).toFixed(1)),
  };
} finally {
  await all.close();
}
const instances = await measureInstances(quick ? 2 : 5, quick ? 3000 : 5000);
tell('Several instances on PostgreSQL', instancesTable(instances));
const [one = 0, two = 0] = instances.map(({ perSecond }) => Math.round(perSecond.median));
figures.postgres = { one, two };
tell('Verified calls', verifiedTable(await measureVerified(quick ? 2 : 5, quick ? 500 : 1500)));
tell('Parts of a turn', printedBy('dist/budget.mjs'));
const growth = await measureGrowth(
  quick ? 100_000 : 1_000_000,
  quick ? { rounds: 2, ms: 2000 } : { rounds: 5, ms: 3000 },
);
tell('A store that grows', growthTable(growth));
const started = await measureStart(quick ? 2000 : 10_000);
tell('A start, and calls', startedTable(started));
figures.bytesPerCall = Math.round(growth.bytesPerCall);
figures.memoryPerCall = Math.round((started.memory.busy - started.memory.idle) / started.calls);
figures.startUpMs = Math.round(started.startUp.median);
const checked = printedBy('dist/bench/check.js').trim().split('\n');
tell(
  'dialproof check',
  table(
    ['callflows', 'median ms'],
    checked.map((line) => line.replace(' ms', '').split(': ')),
  ),
);
if (!quick) {
  writePage(machine('npm run bench') + parts.join(''));
  writeFigures(figures);
}
