import type { Growth } from './growth/measure-growth.ts';
import type { Started } from './growth/measure-start.ts';
import type { Latency } from './latency.ts';
import type { Spread } from './load/spread.ts';
import type { Instances } from './several-instances.ts';
import type { Throughput } from './turns-per-second.ts';
import type { Verified } from './verified-calls.ts';

/** Dialproof is the first; the second, written by hand, is what all are compared to. */
export function throughputTable(measured: readonly Throughput[]): string {
  const byHand = measured[1];
  return table(
    ['server', 'turns a second', 'times by hand', 'CPU µs a turn', 'CPU times by hand'],
    measured.map(({ name, perSecond, cpu }) => [
      name,
      words(perSecond, 0),
      times(perSecond, byHand?.perSecond),
      words(cpu, 0),
      times(cpu, byHand?.cpu),
    ]),
  );
}

export function latencyTable(measured: readonly Latency[]): string {
  return table(
    ['server', 'turns arriving a second', 'p50 ms', 'p99 ms', 'longest ms'],
    measured.map(({ name, rate, p50, p99, max }) => [name, String(rate), words(p50, 1), words(p99, 1), words(max, 0)]),
  );
}

export function instancesTable(measured: readonly Instances[]): string {
  return table(
    ['instances on one PostgreSQL', 'turns a second', 'times one', 'CPU µs a turn: instances', 'PostgreSQL', 'driver'],
    measured.map(({ instances, perSecond, cpu }) => [
      String(instances),
      words(perSecond, 0),
      times(perSecond, measured[0]?.perSecond),
      words(cpu.instances, 0),
      words(cpu.postgres, 0),
      words(cpu.driver, 0),
    ]),
  );
}

export function verifiedTable({ perSecond, cpu }: Verified): string {
  return table(['verified calls a second', 'CPU µs a call'], [[words(perSecond, 0), words(cpu, 0)]]);
}

export function growthTable({ measured, bytesPerCall }: Growth): string {
  return table(
    ['finished calls in the store', 'turns a second', 'times the first', 'CPU µs a turn'],
    measured.map(({ name, perSecond, cpu }) => [
      name,
      words(perSecond, 0),
      times(perSecond, measured[0]?.perSecond),
      words(cpu, 0),
    ]),
  ).concat(`A call that is over and purged takes ${bytesPerCall.toFixed(0)} bytes of the store.\n`);
}

export function startedTable({ startUp, memory, calls, bytesPerCall }: Started): string {
  const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
  return table(
    ['what', 'how much'],
    [
      ['from the command to the first call, ms', words(startUp, 0)],
      ['memory of the process, started', mebibytes(memory.idle)],
      [`memory of the process, ${calls} calls later, all of them live`, mebibytes(memory.busy)],
      ['bytes of the store for each of them', bytesPerCall.toFixed(0)],
    ],
  );
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return `${line(head)}|${head.map(() => '---|').join('')}\n${rows.map(line).join('')}\n`;
}

function times(one: Spread, other: Spread | undefined): string {
  return other === undefined ? '' : (one.median / other.median).toFixed(2);
}

/** The median, and in parentheses least and most. */
function words({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}
