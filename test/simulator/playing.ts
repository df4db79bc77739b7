import { makeSimulator } from '../../src/cli/test/make-simulator.ts';
import { readSources, type FolderSources } from '../../src/cli/library-files.ts';
import { loadScenarios } from '../../src/core/scenario/load-scenarios.ts';
import { playScenario, scenariosToPlay } from '../../src/simulator/play-scenario.ts';
import type { Played } from '../../src/simulator/record.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';

const SHIPPED = await readSources({ callflows: 'callflows', prompts: 'prompts' });

/** A callflow that exists only in a test, with the prompts that it needs. */
export interface OwnCallflow {
  readonly name: string;
  readonly callflow: string;
  readonly prompts: string;
}

/** The simulator of the shipped callflows, and of these. */
export function simulatorOf(...own: readonly OwnCallflow[]): Simulator {
  const sources: FolderSources = {
    ...SHIPPED,
    callflows: [
      ...SHIPPED.callflows,
      ...own.map(({ name, callflow }) => ({ file: `callflows/${name}.yaml`, text: callflow })),
    ],
    prompts: [
      ...SHIPPED.prompts,
      ...own.flatMap(({ name, prompts }) =>
        ['en-US', 'es-ES'].map((locale) => ({
          file: `prompts/${locale}/${name}.yaml`,
          locale,
          callflow: name,
          text: `locale: ${locale}\nprompts:\n${prompts}`,
        })),
      ),
    ],
  };
  return makeSimulator(sources, {});
}

/** Plays every scenario of a file. */
export async function playFile(text: string, simulator: Simulator): Promise<readonly Played[]> {
  const { scenarios, findings } = loadScenarios({ file: 'test/calls/a.yaml', text });
  if (scenarios === null) throw new Error(findings.map(({ message }) => message).join('\n'));
  const played: Played[] = [];
  for (const play of scenariosToPlay('test/calls/a.yaml', scenarios))
    played.push(await playScenario(play, (scene) => simulator.open(scene)));
  return played;
}

/** Plays a file with one scenario. */
export async function playOne(text: string, simulator: Simulator): Promise<Played> {
  const [played, ...others] = await playFile(text, simulator);
  if (played === undefined || others.length > 0) throw new Error('One scenario goes here.');
  return played;
}

/** The prompts that were heard, in their order. */
export function promptsIn({ happened }: Played): readonly string[] {
  return happened.flatMap((each) => (each.kind === 'line' ? (each.prompts?.slice(0, 1) ?? []) : []));
}
