import type { Finding } from '../../core/callflow/finding.ts';
import type { Simulator } from '../../simulator/simulator.ts';
import type { RawEnvironment } from '../environment.ts';
import type { FolderSources } from '../library-files.ts';
import { readSimulator } from './make-simulator.ts';
import { readScenarioFiles, SCENARIOS, type ScenarioFiles } from './scenario-files.ts';

/** All that is needed to play scenarios: callflows, prompts, and the files of scenarios. */
export interface Rehearsals {
  readonly simulator: Simulator;
  readonly sources: FolderSources;
  /** Where the scenarios are. */
  readonly paths: readonly string[];
  readonly files: ScenarioFiles;
  /** What is wrong with the scenarios: none is played then. */
  readonly findings: readonly Finding[];
}

/** @throws DialproofError `callflow-invalid`, `settings-invalid`, `usage-wrong` */
export async function readRehearsals(raw: RawEnvironment, named: readonly string[]): Promise<Rehearsals> {
  const paths = named.length === 0 ? [SCENARIOS] : named;
  const [{ simulator, sources }, files] = await Promise.all([readSimulator(raw), readScenarioFiles(paths)]);
  return { simulator, sources, paths, files, findings: [...files.findings, ...files.unknownIn(simulator.library)] };
}
