import { describeExit, type DescribedExit } from '../../core/callflow/describe-exit.ts';
import type { CallflowAsWritten } from '../../core/callflow/as-written.ts';
import { graphOf, type Edge } from '../../core/callflow/graph.ts';
import type { Wordings } from '../../core/call/prompts.ts';
import { detailOf, textOf } from './block-words.ts';

/** What `dialproof show --as json` prints; docs/callflows.md describes it. */
export interface ShownJson {
  readonly callflow: string;
  readonly title: string;
  readonly start: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly verb: string;
    readonly detail: string;
    readonly words: string | null;
  }[];
  readonly exits: readonly DescribedExit[];
  /** Every path, also those that the pictures tell in a note. */
  readonly edges: readonly Edge[];
}

export function jsonOf({ callflow, exits }: CallflowAsWritten, wordings: Wordings | null): ShownJson {
  const graph = graphOf(callflow);
  return {
    callflow: callflow.name,
    title: callflow.title,
    start: graph.start,
    nodes: [...callflow.blocks.values()].map((block) => {
      const text = textOf(block, callflow, wordings);
      return {
        name: block.name,
        verb: block.verb,
        detail: detailOf(block, callflow),
        words: text?.spoken === true ? text.words : null,
      };
    }),
    exits: [...graph.nodes.values()].flatMap(({ kind, name }) =>
      kind === 'exit' ? [describeExit(name, exits[name])] : [],
    ),
    edges: graph.edges,
  };
}
