import { graphOf } from '../../core/callflow/graph.ts';
import type { Explorer } from '../../simulator/explore/explorer.ts';
import { flowsFrom } from '../../simulator/explore/general-rules.ts';
import { pathName, type Tally } from '../../simulator/explore/tally.ts';
import { ruleText } from '../../simulator/rules.ts';
import type { Shortest } from '../../simulator/explore/shortest.ts';

/** What exploring has come to. */
export interface Explored {
  readonly seed: number;
  readonly calls: number;
  /** By the real clock, milliseconds; shrinking is not counted. */
  readonly ms: number;
  readonly threads: number;
  readonly interrupted: boolean;
  readonly callflows: readonly ExploredCallflow[];
  readonly failures: readonly Shortest[];
}

export interface ExploredCallflow {
  readonly callflow: string;
  readonly calls: number;
  /** Of the callflow and those that it links to. */
  readonly paths: { readonly taken: number; readonly all: number };
  /** How many calls left by each, those of callers who called again included; `hung up`: by none. */
  readonly exits: Readonly<Record<string, number>>;
  /** Milliseconds by the telephone's clock. */
  readonly longest: { readonly turns: number; readonly ms: number };
  /** What was checked after every call. */
  readonly rules: readonly string[];
}

export function exploredCallflow(explorer: Explorer, tally: Tally): ExploredCallflow {
  const { callflow, simulator, rules } = explorer;
  const edges = flowsFrom(simulator.library, callflow).flatMap((flow) =>
    graphOf(flow.callflow).edges.map(({ from, path }) => pathName({ callflow: flow.callflow.name, block: from, path })),
  );
  return {
    callflow,
    calls: tally.callers,
    paths: { taken: edges.filter((edge) => tally.paths.has(edge)).length, all: edges.length },
    exits: Object.fromEntries([...tally.exits].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    longest: tally.longest,
    rules: rules.map(ruleText),
  };
}
