import type { Played } from '../../../simulator/record.ts';
import { PLAIN } from '../../paint.ts';
import type { MakeReporter } from '../reporters.ts';
import { failureLines, placeOf, reasonOf } from './failure-text.ts';
import { oneLine } from './one-line.ts';
import { PlayedFiles, type PlayedFile } from './played-files.ts';
import { callLength, outcomes } from './run-words.ts';

const WIDTH = 100;
/** GitHub takes one mebibyte of a step. */
const MOST_FAILURES = 30;

/** For the page of a run, as GitHub shows it: a table of the files, and the failures to be opened. */
export const markdown: MakeReporter = (out, sources) => {
  const files = new PlayedFiles();
  return {
    played: (played) => files.add(played),
    end(summary) {
      const { failures } = files;
      const rows = files.all.map(row);
      const lines = [
        `## Simulated calls: ${outcomes(summary)}`,
        '',
        ...(rows.length === 0 ? [] : [HEAD, ...rows, '']),
        ...failures.slice(0, MOST_FAILURES).flatMap((played) => details(played, sources.get(played.file))),
        ...(failures.length > MOST_FAILURES ? [`And ${failures.length - MOST_FAILURES} more failures.`, ''] : []),
      ];
      out.write(`${lines.join('\n')}\n`);
    },
  };
};

const HEAD = '| file | passed | failed | skipped | time on the line |\n|---|--:|--:|--:|--:|';

function row({ file, passed, failed, skipped, played }: PlayedFile): string {
  const lasted = played.reduce((sum, each) => sum + each.lasted, 0);
  return `| ${inHtml(oneLine(file))} | ${passed} | ${failed} | ${skipped} | ${callLength(lasted)} |`;
}

function details(played: Played, source: string | undefined): readonly string[] {
  const { expected, instead } = reasonOf(played);
  const text = failureLines(played, { source, width: WIDTH, paint: PLAIN });
  // A blank line would end the block of HTML.
  const body = text.map((line) => (line === '' ? '&#8203;' : inHtml(line)));
  return [
    `<details><summary>${inHtml(placeOf(played))} <b>${inHtml(oneLine(played.name))}</b>: expected ${inHtml(expected)}. ${inHtml(instead)}</summary>`,
    `<pre>${body.join('\n')}</pre>`,
    '</details>',
    '',
  ];
}

/** Every sign that means something in HTML, or in Markdown, as a character reference. */
function inHtml(text: string): string {
  return text.replaceAll(/[&<>"'`|*_~[\]\\#@]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
