import { availableParallelism } from 'node:os';
import { inOrder } from '../../core/callflow/in-order.ts';
import { formatFinding } from '../../core/callflow/finding.ts';
import type { Played } from '../../simulator/record.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { RawEnvironment } from '../environment.ts';
import { grep, shard } from './choose.ts';
import { readSimulator } from './make-simulator.ts';
import { inTurn, oneByOne, type Numbered, type Players } from './players.ts';
import type { Reporter, RunSummary } from './reporters.ts';
import { readScenarioFiles, SCENARIOS, type ScenarioFiles } from './scenario-files.ts';
import { threads } from './threads.ts';

export interface TestOptions {
  /** Files and folders of scenarios. */
  readonly paths: readonly string[];
  readonly grep?: string;
  readonly shard?: string;
  /** Threads; as many as there is work for unless given. */
  readonly jobs?: number;
  /** Every scenario is played so often. */
  readonly times: number;
  /** Ends at the first failure. */
  readonly bail: boolean;
  readonly signal: AbortSignal;
}

export interface TestRun {
  readonly summary: RunSummary;
  readonly simulator: Simulator;
  readonly files: ScenarioFiles;
}

/** Fewer scenarios are played sooner than another thread has begun. */
const WORTH_A_THREAD = 400;

/**
 * Plays the scenarios and tells the reporters; null where a file cannot be read, which is said on stderr.
 * @throws DialproofError `callflow-invalid`, `settings-invalid`, `usage-wrong`
 */
export async function runTests(
  raw: RawEnvironment,
  options: TestOptions,
  tell: {
    readonly reporters: readonly Reporter[];
    readonly played?: (played: Played) => void;
    readonly traced: boolean;
  },
): Promise<TestRun | null> {
  const paths = options.paths.length === 0 ? [SCENARIOS] : options.paths;
  const [{ simulator }, files] = await Promise.all([readSimulator(raw), readScenarioFiles(paths)]);
  if (toldFindings(files)) return null;
  const plays = chosen(files, options);
  const jobs = options.jobs ?? Math.min(availableParallelism(), Math.ceil(plays.length / WORTH_A_THREAD));
  const players: Players =
    jobs > 1 ? threads(jobs, { raw, paths, traced: tell.traced }) : oneByOne((scene) => simulator.open(scene));
  const began = performance.now();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let calls = 0;
  for (const reporter of tell.reporters)
    reporter.begin?.({
      scenarios: plays.length,
      files: new Set(plays.map(({ play }) => play.file)).size,
      through: 'simulator',
    });
  try {
    for await (const played of inTurn(players.play(plays), plays)) {
      counts[played.outcome] += 1;
      calls += played.calls;
      tell.played?.(played);
      for (const reporter of tell.reporters) reporter.played(played);
      if (options.signal.aborted || (options.bail && played.outcome === 'failed')) break;
    }
  } finally {
    await players.close();
  }
  const summary = { ...counts, calls, ms: performance.now() - began };
  for (const reporter of tell.reporters) reporter.end(summary);
  return { summary, simulator, files };
}

function chosen({ plays }: ScenarioFiles, { grep: words, shard: part, times }: TestOptions): readonly Numbered[] {
  const found = words === undefined ? plays : grep(plays, words);
  const own = part === undefined ? found : shard(found, part);
  const numbered = own.map((play) => ({ play, number: plays.indexOf(play) }));
  return Array.from({ length: times }, () => numbered).flat();
}

function toldFindings({ findings, texts }: ScenarioFiles): boolean {
  for (const finding of inOrder(findings))
    process.stderr.write(`${formatFinding(finding, texts.get(finding.at.file))}\n\n`);
  return findings.length > 0;
}
