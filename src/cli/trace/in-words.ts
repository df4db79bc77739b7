import type { Trace, TraceEventOf } from '../../simulator/trace/trace-schema.ts';

/** A time on the telephone's clock: `0:07.3`, or `1:02.0`. */
export function clock(ms: number): string {
  const tenths = Math.round(ms / 100);
  const minutes = Math.floor(tenths / 600);
  const seconds = (tenths % 600) / 10;
  return `${minutes}:${seconds.toFixed(1).padStart(4, '0')}`;
}

/** How long something took: `640 ms`, `4.2 s`, `11 min`, `1 h 30 min`. */
export function lasting(ms: number): string {
  if (ms < 1000) return `${Math.round(ms * 10) / 10} ms`;
  if (ms < 60_000) return `${Math.round(ms / 100) / 10} s`;
  const seconds = Math.round(ms / 1000);
  const units = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor((seconds % 3600) / 60), 'min'],
    [seconds % 60, 's'],
  ] as const;
  return units.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ');
}

/** What the platform told with a request. */
export function broughtBy({ digits, words, dialled, queued }: TraceEventOf<'turn'>): string {
  if (digits !== undefined) return `keys ${digits}`;
  if (words !== undefined) return `words “${words}”`;
  if (dialled !== undefined) return `dial: ${dialled}`;
  if (queued !== undefined) return `queue: ${queued}`;
  return '';
}

export const ARRIVED = {
  email: 'A code has come by email',
  sms: 'A code has come by text message',
  voice: 'A code has been told in a voice call',
  authenticator: 'The authenticator shows a code',
} as const;

export const ENDED = {
  caller: 'The caller hangs up',
  line: 'The line hangs up',
  elsewhere: 'Another service takes the call over',
} as const;

export const OUTCOMES: Readonly<Record<Trace['outcome'], { readonly mark: string; readonly word: string }>> = {
  passed: { mark: '✓', word: 'passed' },
  failed: { mark: '✗', word: 'failed' },
  skipped: { mark: '–', word: 'skipped' },
};
