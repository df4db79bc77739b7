import type { Played } from '../../../simulator/record.ts';
import { widthOf } from '../../call/screen.ts';
import { paintFor } from '../../paint.ts';
import type { MakeReporter } from '../reporters.ts';
import { printFailures } from './failures.ts';
import { COLOURS, summaryLine } from './run-words.ts';

const DOTS = { passed: '.', failed: 'F', skipped: 'S' } as const;

/** One sign a scenario, and the failures in full at the end. */
export const dot: MakeReporter = (out, sources) => {
  const paint = paintFor(out);
  const failures: Played[] = [];
  let column = 0;
  return {
    played(played) {
      const { outcome } = played;
      if (outcome === 'failed') failures.push(played);
      if (column === widthOf(out)) {
        out.write('\n');
        column = 0;
      }
      out.write(paint(COLOURS[outcome], DOTS[outcome]));
      column += 1;
    },
    end(summary) {
      if (column > 0) out.write('\n');
      printFailures(failures, { out, sources });
      out.write(`${column === 0 ? '' : '\n'}${paint(summary.failed > 0 ? 'red' : 'green', summaryLine(summary))}\n`);
    },
  };
};
