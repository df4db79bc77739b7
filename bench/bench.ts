/**
 * Durable turns of Dialproof beside what one would write by hand, in one run on one machine, and what a turn, a call and a
 * start cost. `--quick`: fewer and shorter rounds, and docs/performance.md stays as it is.
 */
import { measureGrowth } from './growth/measure-growth.ts';
import { measureStart } from './growth/measure-start.ts';
import { measureLatency } from './latency.ts';
import { machine, printedBy, writePage } from './page.ts';
import { startAll } from './servers/all-servers.ts';
import { growthTable, latencyTable, startedTable, table, throughputTable, verifiedTable } from './tables.ts';
import { measureThroughput } from './turns-per-second.ts';
import { measureVerified } from './verified-calls.ts';

const quick = process.argv.includes('--quick');
const parts: string[] = [];

function tell(title: string, text: string): void {
  const part = `### ${title}\n\n${text.trim()}\n\n`;
  process.stdout.write(part);
  parts.push(part);
}

const all = await startAll();
try {
  const throughput = await measureThroughput(all.servers, quick ? { rounds: 3, ms: 2000 } : { rounds: 7, ms: 4000 });
  tell('Turns a second', throughputTable(throughput));
  const latency = await measureLatency(all.servers, quick ? { rounds: 1, ms: 3000 } : { rounds: 3, ms: 5000 });
  tell('Latency at fixed rates', latencyTable(latency));
} finally {
  await all.close();
}
tell('Verified calls', verifiedTable(await measureVerified(quick ? 2 : 5, quick ? 500 : 1500)));
tell('Parts of a turn', printedBy('dist/budget.mjs'));
const growth = await measureGrowth(
  quick ? 100_000 : 1_000_000,
  quick ? { rounds: 2, ms: 2000 } : { rounds: 5, ms: 3000 },
);
tell('A store that grows', growthTable(growth));
tell('A start, and calls', startedTable(await measureStart(quick ? 2000 : 10_000)));
const checked = printedBy('dist/bench/check.js').trim().split('\n');
tell(
  'dialproof check',
  table(
    ['callflows', 'median ms'],
    checked.map((line) => line.replace(' ms', '').split(': ')),
  ),
);
if (!quick) writePage(machine('npm run bench') + parts.join(''));
