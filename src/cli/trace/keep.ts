import type { Trace } from '../../simulator/trace/trace-schema.ts';
import { fitting } from '../test/choose.ts';
import { counted } from '../counted.ts';

/** What a page shows of a run. */
export interface Kept {
  readonly listed: readonly Trace[];
  readonly inFull: readonly Trace[];
  readonly counts: Readonly<Record<Trace['outcome'], number>> & { readonly calls: number; readonly lasted: number };
  /** What is left out, as a sentence; empty where nothing is. */
  readonly notice: string;
}

/** So many scenarios are shown in full; of a longer run only those that failed, and no more of them. */
export const MOST_IN_FULL = 200;
export const MOST_LISTED = 5000;

/** Reads a run of any length and keeps no more of it than a page can show. */
export async function keep(traces: AsyncIterable<Trace>): Promise<Kept> {
  const counts = { passed: 0, failed: 0, skipped: 0, calls: 0, lasted: 0 };
  const first: Trace[] = [];
  const failed: Trace[] = [];
  const listed: Trace[] = [];
  let total = 0;
  for await (const trace of traces) {
    total += 1;
    counts[trace.outcome] += 1;
    counts.calls += trace.calls.length;
    counts.lasted += trace.lasted;
    const isFull = first.length < MOST_IN_FULL || (trace.outcome === 'failed' && failed.length < MOST_IN_FULL);
    const row = isFull ? trace : withoutEvents(trace);
    if (first.length < MOST_IN_FULL) first.push(row);
    if (trace.outcome === 'failed' && failed.length < MOST_IN_FULL) failed.push(row);
    if (listed.length < MOST_LISTED || isFull) listed.push(row);
  }
  const inFull = total <= MOST_IN_FULL ? first : failed;
  return {
    listed: failedFirst(listed),
    inFull: failedFirst(inFull),
    counts,
    notice: noticeOf({ total, failed: counts.failed, inFull, listed }),
  };
}

function failedFirst(traces: readonly Trace[]): readonly Trace[] {
  const failed = traces.filter(({ outcome }) => outcome === 'failed');
  return [...failed, ...traces.filter(({ outcome }) => outcome !== 'failed')];
}

/** The traces whose scenario has these words in its name or file. @throws DialproofError `usage-wrong` */
export async function* chosen(traces: AsyncIterable<Trace>, words: string): AsyncGenerator<Trace> {
  const fits = fitting(words);
  for await (const trace of traces) if (fits(trace.name) || fits(trace.file)) yield trace;
}

function withoutEvents(trace: Trace): Trace {
  return { ...trace, calls: trace.calls.map((call) => ({ ...call, events: [] })) };
}

function noticeOf(run: {
  readonly total: number;
  readonly failed: number;
  readonly inFull: readonly Trace[];
  readonly listed: readonly Trace[];
}): string {
  const { total, failed, inFull, listed } = run;
  if (inFull.length === total) return '';
  const which =
    failed <= inFull.length ? 'Only those that failed are' : `Only the first ${inFull.length} that failed are`;
  const rest = listed.length < total ? ` ${counted(total - listed.length, 'scenario')} more are not even listed.` : '';
  return `${which} shown in full: a run of up to ${MOST_IN_FULL} scenarios is shown whole. Choose others with --grep.${rest}`;
}
