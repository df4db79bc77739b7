import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Finding } from '../../core/callflow/finding.ts';
import type { Source } from '../../core/callflow/load.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import { DialproofError } from '../../core/errors.ts';
import { checkScenarios } from '../../core/scenario/check-scenarios.ts';
import { loadScenarios } from '../../core/scenario/load-scenarios.ts';
import { scenariosToPlay, type ToPlay } from '../../simulator/play-scenario.ts';
import { readText } from '../library-files.ts';

/** Where scenarios are unless the command says so. */
export const SCENARIOS = 'test/calls';

export interface ScenarioFiles {
  readonly plays: readonly ToPlay[];
  readonly findings: readonly Finding[];
  /** What the files name and these callflows do not have. */
  unknownIn(library: LoadedLibrary): readonly Finding[];
  /** Every file that was read, by the path that findings name. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads the scenario files of these paths: files, or folders of them. @throws DialproofError `usage-wrong` */
export async function readScenarioFiles(paths: readonly string[]): Promise<ScenarioFiles> {
  const sources = (await Promise.all(paths.map(sourcesAt))).flat();
  const loaded = sources.map((source) => ({ source, ...loadScenarios(source) }));
  return {
    plays: loaded.flatMap(({ source, scenarios }) =>
      scenarios === null ? [] : scenariosToPlay(source.file, scenarios),
    ),
    findings: loaded.flatMap(({ findings }) => findings),
    unknownIn: (library) =>
      loaded.flatMap(({ scenarios }) => (scenarios === null ? [] : checkScenarios(scenarios, library))),
    texts: new Map(sources.map(({ file, text }) => [file, text])),
  };
}

async function sourcesAt(place: string): Promise<readonly Source[]> {
  const found = await stat(place).catch(() => null);
  if (found === null)
    throw new DialproofError('usage-wrong', `There is no file or folder "${place}".`, {
      fix: 'Name files of scenarios, or folders that hold them; without any it is test/calls.',
    });
  if (!found.isDirectory()) return [{ file: place, text: await readText(place, 'usage-wrong') }];
  const names = (await readdir(place)).filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const file = path.join(place, name);
      return { file, text: await readText(file, 'usage-wrong') };
    }),
  );
}
