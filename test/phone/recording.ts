import type { Span } from './rtp-stream.ts';

/** Samples a second of all that is recorded. */
export const RATE = 8000;

/** Root mean square of 16-bit samples in dBFS: 0 is the loudest, a sine of full scale has -3, nothing at all has -Infinity. */
export function loudness(samples: Int16Array, { from, to }: Span): number {
  const heard = samples.subarray(Math.round(from * RATE), Math.round(to * RATE));
  let sum = 0;
  for (const sample of heard) sum += (sample / 32_768) ** 2;
  return 10 * Math.log10(sum / Math.max(1, heard.length));
}
