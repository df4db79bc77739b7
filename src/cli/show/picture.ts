import { VERBS } from '../../core/blocks/index.ts';
import type { Wordings } from '../../core/call/prompts.ts';
import type { CallflowAsWritten } from '../../core/callflow/as-written.ts';
import type { Block, Callflow } from '../../core/callflow/callflow.ts';
import { describeExit, type DescribedExit } from '../../core/callflow/describe-exit.ts';
import { graphOf, type Edge, type Graph } from '../../core/callflow/graph.ts';
import { grouped } from '../../core/callflow/grouped.ts';
import { limitPhrases } from '../../core/callflow/limit-words.ts';
import { detailOf, textOf } from './block-words.ts';
import { quietOnes } from './quiet.ts';

/** A callflow as every picture shows it: one arrow between two boxes, and limits as notes inside the boxes. */
export interface Picture {
  readonly name: string;
  readonly title: string;
  readonly start: string;
  readonly boxes: readonly Box[];
  readonly exits: readonly DescribedExit[];
  readonly arrows: readonly Arrow[];
  /** With coverage: what its lines mean, and how many there are of each. */
  readonly legend?: readonly { readonly standing: Standing; readonly text: string }[];
}

/** Whether calls have taken a path, could have, or never can. */
export type Standing = 'taken' | 'missed' | 'never';

export interface Box {
  readonly name: string;
  readonly verb: string;
  /** What kind of verb it is, for the colour. */
  readonly manner: 'say' | 'listen' | 'perform' | 'decide' | 'link';
  /** What the verb is about: "6 digits"; may be empty. */
  readonly detail: string;
  /** What callers hear, or else what the block does; null where `detail` tells it. */
  readonly text: { readonly words: string; readonly spoken: boolean } | null;
  readonly notes: readonly Note[];
}

/** Where a caller is led without the block's own doing: "3 silences or wrong keys", to `agent`. */
export interface Note {
  readonly from: string;
  readonly when: readonly string[];
  readonly to: string;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The paths it stands for: `1`, `star`, `found`; empty where the block just goes on. */
  readonly labels: readonly string[];
  readonly limit: boolean;
  /** With coverage. */
  readonly standing?: Standing;
}

export interface PictureOptions {
  /** What blocks say; null where there are no prompts yet. */
  readonly wordings: Wordings | null;
  /** Draws what is else a note as an arrow. */
  readonly limits: boolean;
}

export function pictureOf(written: CallflowAsWritten, options: PictureOptions): Picture {
  const { callflow } = written;
  const graph = graphOf(callflow);
  const quiet = quietOnes(graph, callflow);
  const notes = [...callflow.blocks.values()].flatMap((block) => notesOf(block, quiet));
  // An arrow from a box to itself would say less than the note does.
  const drawnNotes = options.limits ? notes.filter(({ from, to }) => from !== to) : [];
  return {
    name: callflow.name,
    title: callflow.title,
    start: graph.start,
    boxes: [...callflow.blocks.values()].map((block) => ({
      ...boxOf(block, callflow, options.wordings),
      notes: notes.filter((note) => note.from === block.name && !drawnNotes.includes(note)),
    })),
    exits: exitsOf(written, graph),
    arrows: [
      ...arrowsOf(graph.edges.filter((edge) => !quiet.includes(edge))),
      ...drawnNotes.map((note) => ({ from: note.from, to: note.to, labels: note.when, limit: true })),
    ],
  };
}

/** The exits, and whatever else is led to: a sketch may lack blocks that are still to be written. */
function exitsOf({ callflow, exits }: CallflowAsWritten, graph: Graph): readonly DescribedExit[] {
  const targets = [graph.start, ...graph.edges.map(({ to }) => to)].filter((name) => !callflow.blocks.has(name));
  // The built-in `error` stands there only where a path leads to it.
  return [...new Set([...Object.keys(exits), ...targets])].map((name) =>
    graph.nodes.has(name)
      ? describeExit(name, exits[name])
      : { name, kind: 'missing', does: 'is not written yet', says: null },
  );
}

function boxOf(block: Block, callflow: Callflow, wordings: Wordings | null): Omit<Box, 'notes'> {
  const kind = VERBS.get(block.verb)?.kind.does ?? 'perform';
  return {
    name: block.name,
    verb: block.verb,
    manner: kind === 'set' ? 'decide' : kind,
    detail: detailOf(block, callflow),
    text: textOf(block, callflow, wordings),
  };
}

function notesOf(block: Block, quiet: readonly Edge[]): readonly Note[] {
  const own = quiet.filter((edge) => edge.from === block.name);
  return [...grouped(own, (edge) => edge.to)].map(([to, edges]) => ({
    from: block.name,
    to,
    when: [
      ...labelsOf(edges.filter((edge) => edge.by === 'itself')),
      ...labelsOf(edges.filter((edge) => edge.by === 'key')).map((path) => `key ${path}`),
      ...limitPhrases(
        block.verb,
        edges.filter((edge) => edge.by === 'limit'),
      ),
    ],
  }));
}

/** What goes well first: the story follows the first arrow. */
function arrowsOf(edges: readonly Edge[]): readonly Arrow[] {
  const sorted = [...grouped(edges, ({ from }) => from).values()].flatMap((own) =>
    own.toSorted((a, b) => Number(TROUBLE.includes(a.path)) - Number(TROUBLE.includes(b.path))),
  );
  return [...grouped(sorted, ({ from, to }) => `${from} ${to}`).values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ from: first.from, to: first.to, labels: labelsOf(group), limit: false }];
  });
}

/** Paths by which the story does not go on. */
export const TROUBLE: readonly string[] = ['failed', 'error'];

/** Paths that a designer writes as one, or that follow another unless they are written. */
const FOLDED: readonly { readonly paths: readonly string[]; readonly as: string }[] = [
  { paths: ['unreachable', 'rejected', 'error'], as: 'failed' },
  { paths: ['sent', 'nothing-to-send'], as: 'sent' },
  { paths: ['wrong', 'blank'], as: 'wrong' },
];

function labelsOf(edges: readonly Edge[]): readonly string[] {
  const labels = FOLDED.reduce(
    (found, { paths, as }) =>
      paths.every((path) => found.includes(path))
        ? found.map((path) => (path === paths[0] ? as : path)).filter((path) => path === as || !paths.includes(path))
        : found,
    [...new Set(edges.map(({ path, written }) => written ?? path))],
  );
  return labels.filter((path) => path !== 'next');
}
