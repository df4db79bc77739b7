import type { PathTaken } from '../../core/call/world.ts';
import type { Place } from '../../core/callflow/finding.ts';
import type { Edge } from '../../core/callflow/graph.ts';
import { pathPlaces } from '../../core/callflow/path-place.ts';
import type { CallflowFile, Project } from '../../core/callflow/project.ts';

/** One path of a callflow, and how often calls have taken it. */
export interface PathCoverage {
  readonly edge: Edge;
  /** Where the file writes it. */
  readonly at: Place;
  readonly times: number;
  /** `never`: no call can take it; it counts for nothing. */
  readonly standing: 'taken' | 'missed' | 'never';
  /** Why it can never be taken, as a sentence without its full stop. */
  readonly why?: string;
}

/** How many paths calls have taken, of those that a call can take. */
export interface Share {
  readonly taken: number;
  readonly of: number;
  /** Whole percents, rounded down: 100 only when every path was taken. */
  readonly percent: number;
}

export interface CallflowCoverage extends Share {
  readonly callflow: string;
  readonly file: string;
  /** In the order of the callflow. */
  readonly paths: readonly PathCoverage[];
}

export interface Coverage extends Share {
  /** In the order of their names. */
  readonly callflows: readonly CallflowCoverage[];
}

/** Why no call can take a path; null where one can. */
export type WhyNever = (path: PathTaken) => string | null;

/** Which paths of the callflows the calls have taken. What was taken counts, whatever `whyNever` says. */
export function coverageOf(
  { callflows }: Pick<Project, 'callflows'>,
  taken: Iterable<PathTaken>,
  whyNever: WhyNever = () => null,
): Coverage {
  const times = new Map<string, number>();
  for (const each of taken) times.set(pathKey(each), (times.get(pathKey(each)) ?? 0) + 1);
  const all = [...callflows.values()]
    .toSorted((a, b) => (a.callflow.name < b.callflow.name ? -1 : 1))
    .map((file) => callflowCoverage(file, times, whyNever));
  return { ...shareOf(all.flatMap(({ paths }) => paths)), callflows: all };
}

/** Names a path of a block of a callflow. */
export function pathKey({ callflow, block, path }: PathTaken): string {
  return `${callflow}/${block}/${path}`;
}

function callflowCoverage(
  file: CallflowFile,
  times: ReadonlyMap<string, number>,
  whyNever: WhyNever,
): CallflowCoverage {
  const { name } = file.callflow;
  const placeOf = pathPlaces(file);
  const paths = file.graph.edges.map((edge): PathCoverage => {
    const path = { callflow: name, block: edge.from, path: edge.path };
    const found = {
      edge,
      at: placeOf(edge),
      times: times.get(pathKey(path)) ?? 0,
    };
    if (found.times > 0) return { ...found, standing: 'taken' };
    const why = whyNever(path);
    return why === null ? { ...found, standing: 'missed' } : { ...found, standing: 'never', why };
  });
  return { callflow: name, file: file.source.file, paths, ...shareOf(paths) };
}

function shareOf(paths: readonly PathCoverage[]): Share {
  const taken = paths.filter(({ standing }) => standing === 'taken').length;
  const of = paths.filter(({ standing }) => standing !== 'never').length;
  return {
    taken,
    of,
    percent: of === 0 ? 100 : Math.floor((100 * taken) / of),
  };
}
