import type { Played } from '../../../simulator/record.ts';
import { paintFor } from '../../paint.ts';
import type { MakeReporter } from '../reporters.ts';
import { printFailures } from './failures.ts';
import { oneLine } from './one-line.ts';
import { callLength, COLOURS, SIGNS, summaryLine } from './run-words.ts';

/** One line a scenario below its file, and the failures in full at the end. */
export const spec: MakeReporter = (out, sources) => {
  const paint = paintFor(out);
  const failures: Played[] = [];
  let file: string | null = null;
  return {
    played(played) {
      if (played.file !== file) out.write(`${file === null ? '' : '\n'}${paint('bold', oneLine(played.file))}\n`);
      file = played.file;
      const { outcome, name, lasted, reason } = played;
      if (outcome === 'failed') failures.push(played);
      const more = outcome === 'skipped' ? `skipped: ${oneLine(reason ?? 'no reason is given')}` : callLength(lasted);
      const number = outcome === 'failed' ? `${failures.length}) ` : '';
      out.write(`  ${paint(COLOURS[outcome], SIGNS[outcome])} ${number}${oneLine(name)}  ${paint('dim', more)}\n`);
    },
    end(summary) {
      printFailures(failures, { out, sources });
      out.write(`${file === null ? '' : '\n'}${paint(summary.failed > 0 ? 'red' : 'green', summaryLine(summary))}\n`);
    },
  };
};
