import type { Played } from '../../../simulator/record.ts';
import { counted } from '../../counted.ts';
import type { RunSummary } from '../reporters.ts';

export const SIGNS = { passed: '✓', failed: '✗', skipped: '-' } as const satisfies Record<Played['outcome'], string>;
export const COLOURS = { passed: 'green', failed: 'red', skipped: 'yellow' } as const satisfies Record<
  Played['outcome'],
  string
>;

/** Milliseconds of the telephone's clock as people write the length of a call: `1:12`. */
export function callLength(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `1 failed, 12 passed`: what counts most comes first. */
export function outcomes(summary: Pick<RunSummary, Played['outcome']>): string {
  const told = (['failed', 'passed', 'skipped'] as const).filter((each) => summary[each] > 0);
  return told.length === 0 ? 'nothing played' : told.map((each) => `${summary[each]} ${each}`).join(', ');
}

/** The last line of a run. */
export function summaryLine(summary: RunSummary): string {
  return `${outcomes(summary)} (${counted(summary.calls, 'call')} in ${(summary.ms / 1000).toFixed(1)} s)`;
}
