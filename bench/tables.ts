import type { Latency } from './latency.ts';
import type { Spread } from './load/spread.ts';
import type { Throughput } from './turns-per-second.ts';

/** Dialproof is the first; the second, written by hand, is what all are compared to. */
export function throughputTable(measured: readonly Throughput[]): string {
  const byHand = measured[1]?.perSecond.median ?? NaN;
  return table(
    ['server', 'turns a second', 'times by hand', 'CPU µs a turn'],
    measured.map(({ name, perSecond, cpu }) => [
      name,
      words(perSecond, 0),
      (perSecond.median / byHand).toFixed(2),
      words(cpu, 0),
    ]),
  );
}

export function latencyTable(measured: readonly Latency[]): string {
  return table(
    ['server', 'turns arriving a second', 'p50 ms', 'p99 ms', 'longest ms'],
    measured.map(({ name, rate, p50, p99, max }) => [name, String(rate), words(p50, 1), words(p99, 1), words(max, 0)]),
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  return `${line(head)}|${head.map(() => '---|').join('')}\n${rows.map(line).join('')}\n`;
}

/** The median, and in parentheses least and most. */
function words({ median, least, most }: Spread, digits: number): string {
  return `${median.toFixed(digits)} (${least.toFixed(digits)} to ${most.toFixed(digits)})`;
}
