import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Project } from '../../core/callflow/project.ts';
import type { PathTaken } from '../../core/call/world.ts';
import { coverageOf, pathKey, type Coverage } from '../../simulator/coverage/coverage.ts';
import type { Reach } from '../../simulator/reach/reach.ts';
import { whyNever } from '../../simulator/reach/why-never.ts';
import type { Played } from '../../simulator/record.ts';
import { newScenarioFile, withScenarios } from '../../simulator/suggest/scenario-text.ts';
import { suggestScenarios } from '../../simulator/suggest/suggest.ts';
import { coveragePictures } from './coverage-pictures.ts';
import type { Rehearsals } from './rehearsals.ts';
import type { Reporter } from './reporters.ts';

/** Counts the paths that calls take, as they are played. */
export class PathCounter implements Reporter {
  private readonly counts = new Map<string, { readonly taken: PathTaken; times: number }>();

  played({ taken }: Played): void {
    for (const each of taken) {
      const key = pathKey(each);
      const count = this.counts.get(key) ?? { taken: each, times: 0 };
      count.times += 1;
      this.counts.set(key, count);
    }
  }

  end(): void {
    // The coverage is told after all reporters.
  }

  /** Each path as often as it was taken. */
  *taken(): Iterable<PathTaken> {
    for (const { taken, times } of this.counts.values()) for (let time = 0; time < times; time++) yield taken;
  }
}

/** Which paths were taken, which were not, and which no call can take. */
export function coverageIn(
  { project, reach }: { readonly project: Project; readonly reach: Reach },
  counter: PathCounter,
): Coverage {
  return coverageOf(project, counter.taken(), whyNever(reach));
}

/** Draws each callflow with what was taken, into a folder; answers with the files. */
export async function writePictures(
  { project, coverage }: { readonly project: Project; readonly coverage: Coverage },
  folder: string,
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const pictures = [...coveragePictures(project, coverage)].map(
    ([callflow, svg]) => [path.join(folder, `${callflow}.svg`), svg] as const,
  );
  for (const [file, svg] of pictures) await writeFile(file, svg);
  return pictures.map(([file]) => file);
}

/** What became of the wish for scenarios: files that were written, and how many paths are left without one. */
export interface Suggested {
  readonly files: readonly { readonly file: string; readonly scenarios: number }[];
  readonly without: readonly string[];
}

/** Writes scenarios for paths that were not taken: a file for each callflow, beside the scenarios that there are. */
export async function writeSuggestions(
  { coverage, reach }: { readonly coverage: Coverage; readonly reach: Reach },
  rehearsals: Rehearsals,
): Promise<Suggested> {
  const { simulator } = rehearsals;
  const folder = folderOf(rehearsals);
  const fileOf = (callflow: string): string => path.join(folder, `suggested-${callflow}.yaml`);
  const { scenarios, without } = await suggestScenarios(coverage, {
    reach,
    open: (scene) => simulator.open(scene),
  });
  const files: { readonly file: string; readonly scenarios: number }[] = [];
  await mkdir(folder, { recursive: true });
  for (const callflow of new Set(scenarios.map((each) => each.callflow))) {
    const own = scenarios.filter((each) => each.callflow === callflow).map(({ text }) => text);
    const file = await freeName(fileOf(callflow));
    const text = withScenarios(newScenarioFile(callflow), own);
    if (text === null) continue;
    await writeFile(file, text);
    files.push({ file, scenarios: own.length });
  }
  return { files, without: without.map(({ callflow, path: { edge } }) => `${callflow} ${edge.from}: ${edge.path}`) };
}

function folderOf({ paths, files }: Rehearsals): string {
  const [first = ''] = paths;
  return files.texts.has(first) ? path.dirname(first) : first;
}

/** A file that is there already is somebody's work. */
async function freeName(wanted: string): Promise<string> {
  for (let n = 1; ; n++) {
    const name = n === 1 ? wanted : wanted.replace(/\.yaml$/, `-${n}.yaml`);
    const isThere = await access(name).then(
      () => true,
      () => false,
    );
    if (!isThere) return name;
  }
}
