import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { makeSimulator } from '../../src/cli/test/make-simulator.ts';
import { readSources } from '../../src/cli/library-files.ts';
import { readProject } from '../../src/core/callflow/project.ts';
import { loadScenarios } from '../../src/core/scenario/load-scenarios.ts';
import { playScenario, scenariosToPlay, type ToPlay } from '../../src/simulator/play-scenario.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import type { Played } from '../../src/simulator/record.ts';

/** The callflows that come with Dialproof, or only some of them, and a simulator of them. */
export async function shipped(...only: readonly string[]) {
  const all = await readSources({ callflows: 'callflows', prompts: 'prompts' });
  const isOne = (name: string): boolean => only.length === 0 || only.includes(name);
  const sources = {
    ...all,
    callflows: all.callflows.filter(({ file }) => isOne(path.basename(file, '.yaml'))),
    prompts: all.prompts.filter(({ callflow }) => callflow === 'standard' || isOne(callflow)),
  };
  const { project } = readProject(sources, {
    environment: {},
    defaultLocale: 'en-US',
  });
  return { project, simulator: makeSimulator(sources, {}) };
}

/** The scenarios of a file as it would be written. */
export function scenariosIn(text: string, file = 'calls.yaml'): readonly ToPlay[] {
  const { scenarios, findings } = loadScenarios({ file, text });
  if (scenarios === null) throw new Error(findings.map(({ message }) => message).join('\n'));
  return scenariosToPlay(file, scenarios);
}

/** Those that come with Dialproof. */
export function shippedScenarios(): readonly ToPlay[] {
  return readdirSync('test/calls').flatMap((file) =>
    scenariosIn(readFileSync(`test/calls/${file}`, 'utf8'), `test/calls/${file}`),
  );
}

export async function playAll(plays: readonly ToPlay[], simulator: Simulator): Promise<readonly Played[]> {
  const played: Played[] = [];
  for (const play of plays) played.push(await playScenario(play, (scene) => simulator.open(scene)));
  return played;
}
