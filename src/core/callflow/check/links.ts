import { VERBS } from '../../blocks/index.ts';
import type { Block, Callflow } from '../callflow.ts';
import type { CallflowFile, Project } from '../project.ts';

/** A block that goes into another callflow, and what is known of that one. */
export interface Link {
  readonly block: string;
  /** Where the block stands in the file. */
  readonly at: readonly PropertyKey[];
  readonly wanted: string;
  /** Undefined where there is none, or it could not be read. */
  readonly linked: CallflowFile | undefined;
  readonly hands: readonly string[];
  readonly paths: Readonly<Record<string, string>>;
}

export function linksOf(callflow: Callflow, project: Project): readonly Link[] {
  return [...callflow.blocks.values()].flatMap((block) => linkOf(block, callflow, project) ?? []);
}

/** Null for a block that is no link. */
export function linkOf({ name, verb, body }: Block, callflow: Callflow, project: Project): Link | null {
  const known = VERBS.get(verb);
  if (known?.kind.does !== 'link') return null;
  const wanted = known.kind.callflow(body);
  const paths = known.paths(body, { name, callflow });
  const hands = known.kind.hands(body);
  return { block: name, at: ['blocks', name], wanted, linked: project.callflows.get(wanted), hands, paths };
}

/** The exits that a link may wire: those that are written, and `error`, which every callflow has. */
export function exitsOf({ callflow }: CallflowFile): ReadonlySet<string> {
  return new Set([...Object.keys(callflow.exits), 'error']);
}
