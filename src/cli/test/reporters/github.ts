import { randomUUID } from 'node:crypto';
import type { Played } from '../../../simulator/record.ts';
import { counted } from '../../counted.ts';
import { PLAIN } from '../../paint.ts';
import { workflowCommand } from '../../workflow-command.ts';
import type { MakeReporter } from '../reporters.ts';
import { failureLines, reasonOf } from './failure-text.ts';
import { oneLine } from './one-line.ts';
import { PlayedFiles, type PlayedFile } from './played-files.ts';
import { callLength, SIGNS, summaryLine } from './run-words.ts';

const WIDTH = 120;

/** For the log of GitHub Actions: a group for each file, and an annotation at the line of each failure. */
export const github: MakeReporter = (out, sources) => {
  const files = new PlayedFiles();
  return {
    played: (played) => files.add(played),
    end(summary) {
      const groups = files.all.flatMap((file) => group(file, sources.get(file.file)));
      const skipped =
        summary.skipped === 0
          ? []
          : [workflowCommand('notice', `${counted(summary.skipped, 'scenario')} skipped: the log says why.`)];
      const lines = [...groups, ...files.failures.map(annotation), ...skipped, summaryLine(summary)];
      out.write(`${lines.join('\n')}\n`);
    },
  };
};

/** Commands are stopped meanwhile: what a server says must not be taken for one. */
function group({ file, played: all }: PlayedFile, source: string | undefined): readonly string[] {
  const token = randomUUID();
  return [
    workflowCommand('group', oneLine(file)),
    workflowCommand('stop-commands', token),
    ...all.flatMap((played) => {
      const { outcome, name, reason, lasted } = played;
      const more = outcome === 'skipped' ? `skipped: ${oneLine(reason ?? '')}` : callLength(lasted);
      const text = failureLines(played, { source, width: WIDTH, paint: PLAIN });
      return [`${SIGNS[outcome]} ${oneLine(name)}  ${more}`, ...text.map((line) => `  ${line}`.trimEnd())];
    }),
    workflowCommand(token, ''),
    workflowCommand('endgroup', ''),
  ];
}

function annotation(played: Played): string {
  const { expected, instead, fix } = reasonOf(played);
  const { file, line, column } = played.failure?.at ?? played.at;
  const place = { title: oneLine(played.name), file, line, endLine: line, col: column };
  return workflowCommand('error', [`expected ${expected}`, instead, fix].join('\n'), place);
}
