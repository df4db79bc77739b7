import { VERBS } from '../blocks/index.ts';
import type { Block, Callflow } from './callflow.ts';
import type { Exit } from './schema.ts';

/** A callflow as boxes and arrows: what the checker walks, the picture draws and two versions are compared by. */
export interface Graph {
  readonly start: string;
  /** Blocks in the order of the file, then exits. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** In the order of the nodes they leave from. */
  readonly edges: readonly Edge[];
}

export type GraphNode =
  | { readonly kind: 'block'; readonly name: string; readonly block: Block }
  /** `exit` is null for the built-in `error`. */
  | { readonly kind: 'exit'; readonly name: string; readonly exit: Exit | null };

/** One path of a block, those with a default from the settings included. */
export interface Edge {
  readonly from: string;
  readonly path: string;
  readonly to: string;
  /** `key`: only a caller who presses a valid key gets here; `limit`: something is used up; `itself`: the rest. */
  readonly by: 'key' | 'limit' | 'itself';
  /** The outcome name that the file writes for the path. */
  readonly written?: string;
  /** With `by: limit`: how many there may be of what `path` counts; absent where nothing is counted (locked, no method). */
  readonly most?: number;
}

/** The graph of a callflow. Targets that do not exist are left in as edges to nowhere: the checker reports them. */
export function graphOf(callflow: Callflow): Graph {
  const nodes = new Map<string, GraphNode>();
  for (const block of callflow.blocks.values()) nodes.set(block.name, { kind: 'block', name: block.name, block });
  for (const name of new Set([...Object.keys(callflow.exits), 'error']))
    nodes.set(name, { kind: 'exit', name, exit: callflow.exits[name] ?? null });
  return {
    start: callflow.start,
    nodes,
    edges: [...callflow.blocks.values()].flatMap((each) => edgesOf(each, callflow)),
  };
}

function edgesOf(block: Block, callflow: Callflow): Edge[] {
  const verb = VERBS.get(block.verb);
  if (verb === undefined) return [];
  const { kind, limitPaths = [] } = verb;
  // A block that may go on without asking needs no key.
  const needsKey = (path: string): boolean =>
    kind.does === 'listen' && path !== 'error' && !(kind.shortcut !== undefined && path === 'next');
  return Object.entries(verb.paths(block.body, { name: block.name, callflow })).map(([path, to]) => {
    const written = block.outcomes === true ? verb.outcomes?.names[path] : undefined;
    const edge = { from: block.name, path, to, ...(written === undefined ? {} : { written }) };
    if (!limitPaths.includes(path)) return { ...edge, by: needsKey(path) ? 'key' : 'itself' };
    const most = mostOf(block, path, callflow);
    return { ...edge, by: 'limit', ...(most === undefined ? {} : { most }) };
  });
}

/** How many a limit allows: the block's own number, else that of the settings. */
function mostOf(block: Block, path: string, callflow: Callflow): number | undefined {
  const kind = VERBS.get(block.verb)?.kind;
  const { limits } = callflow.settings;
  if (kind?.does === 'listen') {
    const own = kind.limits(block.body, { name: block.name, callflow });
    return path === 'silences' ? own.silences.most : path === 'wrong-keys' ? own.wrongKeys.most : undefined;
  }
  if (path !== 'too-many') return undefined;
  return block.verb === 'verify-code' ? limits['attempts-per-code'].most : limits.sends.most;
}
