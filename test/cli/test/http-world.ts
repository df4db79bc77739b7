import { readSimulator } from '../../../src/cli/test/make-simulator.ts';
import { readScenarioFiles } from '../../../src/cli/test/scenario-files.ts';
import { inTurn, type Numbered } from '../../../src/cli/test/players.ts';
import { httpPlayers } from '../../../src/cli/test/through-http/http-players.ts';
import { loadScenarios } from '../../../src/core/scenario/load-scenarios.ts';
import { playScenario, scenariosToPlay, type OpenStage } from '../../../src/simulator/play-scenario.ts';
import type { Played } from '../../../src/simulator/record.ts';

export type Settings = Readonly<Record<string, string | undefined>>;

/** All that a child process needs of the environment. */
export const ENVIRONMENT: Settings = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] };

export async function simulated(): Promise<OpenStage> {
  const { simulator } = await readSimulator({});
  return (scene) => simulator.open(scene);
}

export function scenariosIn(text: string): readonly Numbered[] {
  const { scenarios, findings } = loadScenarios({ file: 'calls.yaml', text });
  if (scenarios === null) throw new Error(findings.map(({ message }) => message).join(' '));
  return scenariosToPlay('calls.yaml', scenarios).map((play, number) => ({ play, number }));
}

/** The scenarios of the repository. */
export async function allScenarios(): Promise<readonly Numbered[]> {
  const { plays } = await readScenarioFiles(['test/calls']);
  return plays.map((play, number) => ({ play, number }));
}

/** In this process. */
export async function playedHere(plays: readonly Numbered[]): Promise<readonly Played[]> {
  const open = await simulated();
  return Promise.all(plays.map(({ play }) => playScenario(play, open)));
}

/** At a server that is started for them; or at one that runs already. */
export async function playedThroughHttp(
  plays: readonly Numbered[],
  options: { readonly raw?: Settings; readonly server?: string; readonly most?: number } = {},
): Promise<readonly Played[]> {
  const { raw = ENVIRONMENT, ...rest } = options;
  const { simulator, sources } = await readSimulator({});
  const players = await httpPlayers({
    raw,
    sources,
    library: simulator.library,
    simulated: (scene) => simulator.open(scene),
    ...rest,
  });
  try {
    const played: Played[] = [];
    for await (const each of inTurn(players.play(plays), plays)) played.push(each);
    return played;
  } finally {
    await players.close();
  }
}

/** What is the same wherever a scenario is played. */
export function outcomeOf({ name, outcome, failure }: Played) {
  return { name, outcome, ...(failure === undefined ? {} : { at: failure.at, expected: failure.expected }) };
}
