import type { Played } from '../../../simulator/record.ts';
import { widthOf, type Output } from '../../call/screen.ts';
import { paintFor } from '../../paint.ts';
import { failureLines } from './failure-text.ts';

/** Failures in full, numbered, with an empty line before each. */
export function printFailures(
  failures: readonly Played[],
  { out, sources }: { readonly out: Output; readonly sources: ReadonlyMap<string, string> },
): void {
  const look = { width: widthOf(out), paint: paintFor(out) };
  failures.forEach((played, index) => {
    const lines = failureLines(played, { ...look, source: sources.get(played.file) });
    out.write(`\n${index + 1}) ${lines.join('\n')}\n`);
  });
}
