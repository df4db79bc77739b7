import { endColumn, type Place } from '../../../core/callflow/finding.ts';
import type { Played } from '../../../simulator/record.ts';
import { maskOf } from '../../../simulator/trace/mask.ts';
import { PLAIN } from '../../paint.ts';
import type { MakeReporter, RunPlan, RunSummary } from '../reporters.ts';
import { transcriptLines } from './call-transcript.ts';
import { differenceOf, type DifferenceLine } from './difference.ts';
import { reasonOf, type Reason } from './failure-text.ts';

const WIDTH = 100;

/** The document of `--reporter json`. Within a version, members are only added. No code stands in it. */
export interface Report {
  readonly version: 1;
  readonly through: RunPlan['through'];
  readonly summary: RunSummary;
  /** In the order of their files. */
  readonly scenarios: readonly ReportedScenario[];
}

/** Lines and columns from 1, as editors count; the end column is the one after the last. */
interface Where {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
}

interface ReportedScenario extends Where {
  readonly name: string;
  readonly callflow: string;
  readonly outcome: Played['outcome'];
  /** Why it was skipped. */
  readonly reason?: string;
  readonly failure?: ReportedFailure;
  readonly calls: number;
  /** By the telephone's clock, milliseconds. */
  readonly lasted: number;
  /** By the real clock, milliseconds. */
  readonly ms: number;
}

interface ReportedFailure extends Where, Reason {
  readonly transcript: readonly string[];
  /** `-`: named by the scenario and not heard, `+`: heard, a space: both. */
  readonly difference: readonly DifferenceLine[];
}

export const json: MakeReporter = (out) => {
  let through: RunPlan['through'] = 'simulator';
  const scenarios: ReportedScenario[] = [];
  return {
    begin(plan) {
      ({ through } = plan);
    },
    played(played) {
      scenarios.push(reported(played));
    },
    end(summary) {
      const report: Report = { version: 1, through, summary: { ...summary, ms: Math.round(summary.ms) }, scenarios };
      out.write(`${JSON.stringify(report, null, 2)}\n`);
    },
  };
};

function reported(played: Played): ReportedScenario {
  const { name, callflow, at, outcome, reason, failure, calls, lasted, ms } = played;
  return {
    name,
    callflow,
    ...where(at),
    outcome,
    ...(reason === undefined ? {} : { reason }),
    ...(failure === undefined
      ? {}
      : {
          failure: {
            ...where(failure.at),
            ...reasonOf(played),
            transcript: transcriptLines(played, { width: WIDTH, paint: PLAIN, mask: maskOf(played.codes) }),
            difference: differenceOf(played),
          },
        }),
    calls,
    lasted,
    ms: Math.round(ms),
  };
}

function where(at: Place): Where {
  return { file: at.file, line: at.line, column: at.column, endColumn: endColumn(at) };
}
