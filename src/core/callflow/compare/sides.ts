import { VERBS } from '../../blocks/index.ts';
import { asWritten, type CallflowAsWritten } from '../as-written.ts';
import type { Block, Callflow } from '../callflow.ts';
import { reachable } from '../check/reachable.ts';
import type { Edge, Graph } from '../graph.ts';
import type { CallflowFile, Project } from '../project.ts';
import { textsOf } from './texts.ts';

/** One callflow in one version. */
export interface Side {
  readonly written: CallflowAsWritten;
  readonly callflow: Callflow;
  readonly file: CallflowFile;
  readonly project: Project;
  readonly graph: Graph;
  /** Blocks and exits that a caller can come to; nothing else can be noticed. */
  readonly reached: ReadonlySet<string>;
}

/** One callflow in two versions. */
export interface Sides {
  readonly before: Side;
  readonly after: Side;
  readonly defaultLocale: string;
  /** The present name of a block or exit that had another one. */
  readonly renamed: ReadonlyMap<string, string>;
  /** What a block or exit of before is called now, whether it is still there or not. */
  readonly now: (name: string) => string;
}

export function sidesOf(name: string, versions: Versions): Sides | null {
  const before = sideOf(name, versions.before);
  const after = sideOf(name, versions.after);
  if (before === null || after === null) return null;
  const renamed = new Map([
    ...renamedBlocks(before, after, versions.defaultLocale),
    ...renamedExits(before.written, after.written),
  ]);
  const { defaultLocale } = versions;
  return { before, after, defaultLocale, renamed, now: (each) => renamed.get(each) ?? each };
}

export interface Versions {
  readonly before: Project;
  readonly after: Project;
  readonly defaultLocale: string;
}

/** A block that callers can come to in both versions. */
export interface BlockPair {
  /** As it is called now. */
  readonly name: string;
  readonly before: Block;
  readonly after: Block;
}

export function blockPairs({ before, after, now }: Sides): readonly BlockPair[] {
  return [...before.callflow.blocks.values()].flatMap((block) => {
    const name = now(block.name);
    const present = after.callflow.blocks.get(name);
    const both = present !== undefined && before.reached.has(block.name) && after.reached.has(name);
    return both ? [{ name, before: block, after: present }] : [];
  });
}

/** The edges of a pair of blocks by path: where each leads, by the present names. */
export function edgesOf(
  pair: BlockPair,
  { before, after, now }: Sides,
): readonly { readonly path: string; readonly before: Edge | null; readonly after: Edge | null }[] {
  const [was, is] = [
    before.graph.edges.filter(({ from }) => from === pair.before.name).map((edge) => ({ ...edge, to: now(edge.to) })),
    after.graph.edges.filter(({ from }) => from === pair.after.name),
  ];
  return [...new Set([...was, ...is].map(({ path }) => path))].map((path) => ({
    path,
    before: was.find((edge) => edge.path === path) ?? null,
    after: is.find((edge) => edge.path === path) ?? null,
  }));
}

function sideOf(name: string, project: Project): Side | null {
  const file = project.callflows.get(name);
  if (file === undefined) return null;
  const { callflow, graph } = file;
  return { file, callflow, project, graph, written: asWritten(file), reached: reachable([graph.start], graph.edges) };
}

/** Blocks that are gone, each with a new one that does the same; or, if there is none, one that says the same. */
function renamedBlocks(before: Side, after: Side, locale: string): ReadonlyMap<string, string> {
  const gone = new Set([...before.callflow.blocks.keys()].filter((name) => !after.callflow.blocks.has(name)));
  const fresh = new Set([...after.callflow.blocks.keys()].filter((name) => !before.callflow.blocks.has(name)));
  const renamed = new Map<string, string>();
  const was = (name: string): Character => characterOf(name, before, { unsettled: gone, locale });
  const is = (name: string): Character => characterOf(name, after, { unsettled: fresh, locale });
  for (const part of ['all', 'words'] as const) {
    for (const name of gone) {
      const does = was(name)[part];
      const same = [...fresh].find((each) => does !== null && is(each)[part] === does);
      if (same === undefined || renamed.has(name)) continue;
      renamed.set(name, same);
      fresh.delete(same);
    }
  }
  return renamed;
}

/** A block without its name: all that it does, as far as it leads to what has kept its name; and what it says. */
interface Character {
  readonly all: string | null;
  readonly words: string | null;
}

function characterOf(
  name: string,
  { callflow, project }: Side,
  { unsettled, locale }: { readonly unsettled: ReadonlySet<string>; readonly locale: string },
): Character {
  const block = callflow.blocks.get(name);
  const verb = VERBS.get(block?.verb ?? '');
  if (block === undefined || verb === undefined) return { all: null, words: null };
  const texts = textsOf(project, callflow.name, locale);
  const prompts = new Set((verb.prompts?.(block.body) ?? []).map((prompt) => prompt.split('.')[0] ?? ''));
  const words = [...prompts].flatMap((prompt) => [...texts.prompt(prompt).values()]);
  const targets = Object.entries(verb.paths(block.body, { name, callflow })).map(([path, to]) => [
    path,
    unsettled.has(to) ? '?' : to,
  ]);
  const own = Object.entries(block.body).filter(
    ([key]) => !LEADING.has(key) && (key !== block.verb || prompts.size === 0),
  );
  return {
    all: JSON.stringify([block.verb, words, targets, own]),
    words: words.length === 0 ? null : JSON.stringify([block.verb, words]),
  };
}

/** Keys of blocks that hold targets; `paths` of the verb tells them all. */
export const LEADING: ReadonlySet<string> = new Set([
  'next',
  'star',
  'keys',
  'paths',
  'is',
  'otherwise',
  'silences',
  'wrong-keys',
]);

function renamedExits(before: CallflowAsWritten, after: CallflowAsWritten): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  for (const [name, exit] of Object.entries(before.exits)) {
    if (Object.hasOwn(after.exits, name)) continue;
    const same = Object.entries(after.exits).find(
      ([each, other]) =>
        !Object.hasOwn(before.exits, each) &&
        ![...renamed.values()].includes(each) &&
        JSON.stringify(exit) === JSON.stringify(other),
    );
    if (same !== undefined) renamed.set(name, same[0]);
  }
  return renamed;
}
