import { availableParallelism } from 'node:os';
import type { OpenStage } from '../../simulator/play-scenario.ts';
import type { Played } from '../../simulator/record.ts';
import type { RawEnvironment } from '../environment.ts';
import { grep, shard } from './choose.ts';
import { oneByOne, inTurn, type Numbered, type Players } from './players.ts';
import type { Reporter, RunSummary } from './reporters.ts';
import type { Rehearsals } from './rehearsals.ts';
import { threads } from './threads.ts';

export interface TestOptions {
  readonly grep?: string | undefined;
  readonly shard?: string | undefined;
  /** Threads, or with `http` calls at once; as many as there is work for unless given. */
  readonly jobs?: number | undefined;
  /** Every scenario is played so often. */
  readonly times: number;
  /** Ends at the first failure. */
  readonly bail: boolean;
  /** At a real server: the address of one that runs already, else one is started. */
  readonly through?: { readonly server?: string | undefined } | undefined;
  /** Whether what happens in calls that pass is looked at as well. */
  readonly traced: boolean;
  readonly signal: AbortSignal;
}

/** Fewer scenarios are played sooner than another thread has begun. */
const WORTH_A_THREAD = 400;

/**
 * Plays the scenarios and tells the reporter of each, in the order of their files.
 * @throws DialproofError `usage-wrong`, `settings-invalid`, `server-unreachable`
 */
export async function runTests(
  raw: RawEnvironment,
  rehearsals: Rehearsals,
  { reporter, ...options }: TestOptions & { readonly reporter: Reporter },
): Promise<RunSummary> {
  const plays = chosen(rehearsals, options);
  const players = await playersFor(raw, rehearsals, { ...options, count: plays.length });
  const began = performance.now();
  const counts = { passed: 0, failed: 0, skipped: 0 };
  let calls = 0;
  reporter.begin?.({
    scenarios: plays.length,
    files: new Set(plays.map(({ play }) => play.file)).size,
    through: options.through === undefined ? 'simulator' : 'http',
  });
  try {
    for await (const played of inTurn(players.play(plays), plays)) {
      counts[played.outcome] += 1;
      calls += played.calls;
      reporter.played(played);
      if (options.signal.aborted || (options.bail && played.outcome === 'failed')) break;
    }
  } finally {
    await players.close();
  }
  const summary = { ...counts, calls, ms: performance.now() - began };
  reporter.end(summary);
  return summary;
}

async function playersFor(
  raw: RawEnvironment,
  { simulator, sources, paths }: Rehearsals,
  options: TestOptions & { readonly count: number },
): Promise<Players> {
  const simulated: OpenStage = (scene) => simulator.open(scene);
  const { through, jobs, traced, count } = options;
  if (through === undefined) {
    const most = jobs ?? Math.min(availableParallelism(), Math.ceil(count / WORTH_A_THREAD));
    return most > 1 ? threads(most, { raw, paths, traced }) : oneByOne(simulated);
  }
  const { httpPlayers } = await import('./through-http/http-players.ts');
  return httpPlayers({
    raw,
    sources,
    library: simulator.library,
    simulated,
    ...(through.server === undefined ? {} : { server: through.server }),
    ...(jobs === undefined ? {} : { most: jobs }),
  });
}

function chosen({ files }: Rehearsals, options: TestOptions): readonly Numbered[] {
  const { grep: words, shard: part, times } = options;
  const found = words === undefined ? files.plays : grep(files.plays, words);
  const own = part === undefined ? found : shard(found, part);
  const numbered = own.map((play) => ({ play, number: files.plays.indexOf(play) }));
  return Array.from({ length: times }, () => numbered).flat();
}

/** Several reporters as one. */
export function together(reporters: readonly Reporter[]): Reporter {
  return {
    begin: (plan) => reporters.forEach((each) => each.begin?.(plan)),
    played: (played: Played) => reporters.forEach((each) => each.played(played)),
    end: (summary) => reporters.forEach((each) => each.end(summary)),
  };
}
