import { formatFinding } from '../../core/callflow/finding.ts';
import { inOrder } from '../../core/callflow/in-order.ts';
import { coverageReport } from '../../simulator/coverage/coverage-report.ts';
import { reachOf } from '../../simulator/reach/reach.ts';
import { openTraces } from '../../simulator/trace/trace-file.ts';
import { traceOf } from '../../simulator/trace/trace-of.ts';
import { foldersIn } from '../check/check-files.ts';
import { counted } from '../counted.ts';
import { followFolders } from '../dev/follow-folders.ts';
import type { RawEnvironment } from '../environment.ts';
import { exitCodeOf, explain } from '../exit-codes.ts';
import { holdsSome } from './choose.ts';
import { coverageIn, PathCounter, writePictures, writeSuggestions } from './cover.ts';
import { readFiles } from './make-simulator.ts';
import { readRehearsals, type Rehearsals } from './rehearsals.ts';
import type { Reporter } from './reporters.ts';
import { chooseReporters } from './reporters/choose-reporters.ts';
import { openReporters } from './reporters/open-reporters.ts';
import { runTests, together } from './run-tests.ts';
import { SCENARIOS } from './scenario-files.ts';

export interface TestFlags {
  readonly grep?: string;
  readonly shard?: string;
  readonly jobs?: number;
  readonly times: number;
  readonly bail?: true;
  readonly reporter?: readonly string[];
  readonly coverage?: true;
  readonly verbose?: true;
  readonly threshold?: number;
  readonly coverageSvg?: string;
  readonly suggest?: true;
  readonly trace?: string;
  readonly through?: 'http';
  readonly server?: string;
  readonly watch?: true;
}

type Plan = TestFlags & { readonly paths: readonly string[]; readonly signal: AbortSignal };

const INTERRUPTED = 130;

/** Plays once and prints how it went; answers with the exit code. @throws DialproofError */
export async function runTest(raw: RawEnvironment, plan: Plan): Promise<number> {
  const chosen = chooseReporters(plan.reporter ?? [], raw['GITHUB_STEP_SUMMARY']);
  const rehearsals = await readRehearsals(raw, plan.paths);
  if (tellFindings(rehearsals)) return 1;
  if (plan.suggest !== true) holdsSome(rehearsals.files.plays, rehearsals.paths);
  const reporters = await openReporters(chosen, process.stdout, rehearsals.files.texts);
  const counter = new PathCounter();
  const traces = plan.trace === undefined ? [] : [traceReporter(plan.trace)];
  const { through, server, bail, ...options } = plan;
  const summary = await runTests(raw, rehearsals, {
    ...options,
    bail: bail === true,
    traced: traces.length > 0,
    ...(through === undefined ? {} : { through: { server } }),
    reporter: together([counter, ...traces, reporters]),
  });
  await reporters.close();
  const covered = await cover(raw, rehearsals, { ...plan, counter });
  if (plan.signal.aborted) return INTERRUPTED;
  if (summary.passed + summary.failed + summary.skipped === 0) process.stderr.write('No scenario was played.\n');
  return summary.failed > 0 || !covered ? 1 : 0;
}

/** Plays again after every save; what is wrong meanwhile does not end it. */
export async function watchTest(raw: RawEnvironment, plan: Plan): Promise<number> {
  const { callflows, prompts } = foldersIn(raw);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  let before = '';
  const look = async (): Promise<void> => {
    try {
      const rehearsals = await readRehearsals(raw, plan.paths);
      const now = JSON.stringify([rehearsals.simulator.library.revision, ...rehearsals.files.texts]);
      if (now === before) return;
      before = now;
      await runTest(raw, plan);
    } catch (error) {
      const now = explain(error);
      if (now === before) return;
      before = now;
      say(now);
      if (exitCodeOf(error) === 70) throw error;
    }
    say('Waiting for a file to be saved; Ctrl-C ends it.\n');
  };
  const scenarios = plan.paths.length === 0 ? [SCENARIOS] : plan.paths;
  await followFolders([callflows, prompts, ...scenarios], { look, say, signal: plan.signal });
  return 0;
}

function tellFindings({ findings, files }: Rehearsals): boolean {
  for (const finding of inOrder(findings))
    process.stderr.write(`${formatFinding(finding, files.texts.get(finding.at.file))}\n\n`);
  return findings.some(({ severity }) => severity === 'error');
}

function traceReporter(file: string): Reporter {
  const traces = openTraces(file);
  return { played: (played) => traces.write(traceOf(played)), end: () => traces.close() };
}

/** Tells of the coverage where that was asked for; false where it is below its threshold. */
async function cover(
  raw: RawEnvironment,
  rehearsals: Rehearsals,
  plan: Plan & { readonly counter: PathCounter },
): Promise<boolean> {
  const { coverage: told, verbose, threshold, coverageSvg, suggest } = plan;
  if (told !== true && threshold === undefined && coverageSvg === undefined && suggest !== true) return true;
  const project = readFiles(rehearsals.sources, raw);
  const reach = reachOf(rehearsals.simulator.library);
  const coverage = coverageIn({ project, reach }, plan.counter);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  say(`\n${coverageReport(coverage, { verbose: verbose === true }).trimEnd()}`);
  if (coverageSvg !== undefined) {
    const files = await writePictures({ project, coverage }, coverageSvg);
    for (const file of files) say(`Drawn: ${file}`);
  }
  if (suggest === true) {
    const { files, without } = await writeSuggestions({ coverage, reach }, rehearsals);
    for (const { file, scenarios } of files) say(`Written: ${file} (${counted(scenarios, 'scenario')})`);
    for (const path of without) say(`No scenario was found for ${path}`);
  }
  if (threshold === undefined || coverage.percent >= threshold) return true;
  say(`The coverage is ${coverage.percent} %, below the threshold of ${threshold} %.`);
  return false;
}
