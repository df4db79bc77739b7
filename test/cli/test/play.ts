import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { readSimulator } from '../../../src/cli/test/make-simulator.ts';
import type { MakeReporter, RunSummary } from '../../../src/cli/test/reporters.ts';
import { loadScenarios } from '../../../src/core/scenario/load-scenarios.ts';
import { playScenario, scenariosToPlay } from '../../../src/simulator/play-scenario.ts';
import type { Played } from '../../../src/simulator/record.ts';

/** Plays a file of scenarios that call the shipped callflows. */
export async function play(scenarios: string, file = 'test/calls/main.yaml'): Promise<readonly Played[]> {
  const loaded = loadScenarios({ file, text: scenarios });
  if (loaded.scenarios === null) throw new Error(JSON.stringify(loaded.findings));
  const { simulator } = await readSimulator({});
  const played: Played[] = [];
  for (const each of scenariosToPlay(file, loaded.scenarios))
    played.push(await playScenario(each, (scene) => simulator.open(scene)));
  return played;
}

/** One that was not played. */
export function skipped(like: Played, reason: string): Played {
  const { failure: _, ...rest } = like;
  return { ...rest, outcome: 'skipped', reason, happened: [], calls: 0, lasted: 0, ms: 0 };
}

interface Run {
  readonly all: readonly Played[];
  readonly texts?: ReadonlyMap<string, string>;
  /** Makes a terminal of the output. */
  readonly terminal?: { readonly columns: number };
}

/** What a reporter writes about a run, as text. */
export async function told(make: MakeReporter, { all, texts = new Map(), terminal }: Run): Promise<string> {
  const out = Object.assign(new PassThrough(), terminal === undefined ? {} : { isTTY: true, ...terminal });
  const reporter = make(out, texts);
  reporter.begin?.({ scenarios: all.length, files: 1, through: 'simulator' });
  for (const each of all) reporter.played({ ...each, ms: 1500 });
  reporter.end(summaryOf(all));
  out.end();
  return text(out);
}

export function summaryOf(all: readonly Played[]): RunSummary {
  const count = (outcome: Played['outcome']): number => all.filter((played) => played.outcome === outcome).length;
  const calls = all.reduce((sum, played) => sum + played.calls, 0);
  return { passed: count('passed'), failed: count('failed'), skipped: count('skipped'), calls, ms: 1234 };
}
