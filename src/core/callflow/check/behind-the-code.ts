import { VERBS } from '../../blocks/index.ts';
import { STANDARD_PROMPTS } from '../../call/prompts.ts';
import type { Edge } from '../graph.ts';
import type { CallflowFile, Project } from '../project.ts';
import { namedVariables } from './named-variables.ts';
import { perFile } from './per-file.ts';
import { followsAnother, provedBy, walkUnproved, writes, type Walk, type Way } from './proof.ts';
import { reachable } from './reachable.ts';
import type { Found, Rule } from './rule.ts';
import { whereLed } from './written.ts';

/**
 * What stands behind a right code is heard by nobody without one: the block that it leads to, the sentence that is said
 * there, and what a service is asked about the account there. Exits are for everybody.
 */
export const behindTheCode: Rule = {
  code: 'CF228',
  severity: 'warning',
  stage: 'advice',
  of: 'callflow',
  *check(file, project) {
    for (const { at, message, fix } of openDoors(file, project)) yield { at, message, fix };
  },
};

/** A way around the code to a block or an exit. */
type Door = Found & { readonly node: string };

export function openDoors(file: CallflowFile, project: Project): readonly Door[] {
  const doors = guardsOf(file, project).flatMap((guard) => [
    ...sharedBlocks(guard, file),
    ...sharedSentences(guard, file),
    ...toldValues(guard, file, project),
  ]);
  const told = new Set<string>();
  // One arrow is one mistake, wherever it leads to in the end.
  return doors.filter(({ at }) => {
    const place = `${at.line}:${at.column}`;
    return !told.has(place) && told.add(place) !== undefined;
  });
}

/** The right codes for one account, and who comes where with and without them. */
interface Guard extends Walk {
  /** The variable that holds it; null for one that this callflow does not name. */
  readonly account: string | null;
  /** The arrows behind which the account is proved. */
  readonly proving: readonly Edge[];
  /** As in `after a right code for AccountNumber`. */
  readonly code: string;
}

function guardsOf(file: CallflowFile, project: Project): readonly Guard[] {
  const { edges } = file.graph;
  const accounts = new Map(edges.map((edge) => [edge, provedBy(edge, file, project)]));
  const proved = [...new Set(accounts.values())].filter((account) => account !== undefined);
  return proved.map((account) => ({
    account,
    proving: edges.filter((edge) => accounts.get(edge) === account),
    code: account === null ? 'a right code' : `a right code for ${account}`,
    // Who has proved another account has shown a right code as well.
    ...walkUnproved(file.graph, {
      proves: (edge) => accounts.get(edge) !== undefined,
      forgets: (edge) => writes(account, edge, file),
    }),
  }));
}

/** Blocks that a right code leads to, and something else as well. */
function sharedBlocks(guard: Guard, file: CallflowFile): readonly Door[] {
  return guard.proving
    .filter(({ from, to }) => file.callflow.blocks.has(to) && !comesBefore(to, from, file))
    .flatMap((right) =>
      (guard.unproved.get(right.to) ?? []).flatMap((way) => {
        if (followsAnother(way.at(-1), guard.proving, file)) return [];
        const edge = culprit(way, [right], guard, file);
        if (edge === undefined) return [];
        const detour = edge.to === right.to ? '' : `: ${names(way)}`;
        return {
          node: right.to,
          at: placeOf(edge, file),
          message: `"${right.to}" is where "${right.from}" leads after ${guard.code}, and callers come to it by ${by(edge, right)} without one, too${detour}.`,
          fix: `Lead "${edge.path}" of "${edge.from}" to a block of its own, or to an exit.`,
        };
      }),
    );
}

/**
 * The same sentence behind two paths of one block, one of which needs a right code. Only there: elsewhere, it may well be
 * a sentence for everybody.
 */
function sharedSentences(guard: Guard, file: CallflowFile): readonly Door[] {
  return guard.proving.flatMap((right) => {
    const prompt = saidBy(right.to, file);
    if (prompt === null || STANDARD_PROMPTS.some((each) => each === prompt)) return [];
    return file.graph.edges
      .filter((edge) => edge.from === right.from && edge.to !== right.to && !guard.proving.includes(edge))
      .filter((edge) => !followsAnother(edge, guard.proving, file))
      .filter(({ to }) => guard.unproved.has(to) && saidBy(to, file) === prompt)
      .map((edge) => ({
        node: edge.to,
        at: placeOf(edge, file),
        message: `"${prompt}" is what callers hear after ${guard.code}, and "${edge.to}" says it to those who come by ${by(edge, right)} without one.`,
        fix: `Let "${edge.to}" say a prompt of its own.`,
      }));
  });
}

/** Sentences with what a service says of the account, where it is asked only after a right code. */
function toldValues(guard: Guard, file: CallflowFile, project: Project): readonly Door[] {
  const asked = askedBehind(guard, file);
  if (asked.size === 0) return [];
  return namedVariables(file, project).flatMap(({ name, node }) => {
    const asks = asked.get(name);
    const way = node === null || asks === undefined ? undefined : guard.unproved.get(node)?.[0];
    const edge = way === undefined ? undefined : culprit(way, guard.proving, guard, file);
    if (node === null || way === undefined || edge === undefined) return [];
    const detour = edge.to === node ? '' : `: ${names(way)}`;
    return {
      node,
      at: placeOf(edge, file),
      message: `"${node}" tells {${name}}, which "${asks}" asks for after ${guard.code}, and callers come to it by ${by(edge)} without one, too${detour}.`,
      fix: `Lead "${edge.path}" of "${edge.from}" to a block that does not tell it, or to an exit.`,
    };
  });
}

/** The variables that services fill which are sent the account, each with the block that asks behind the code. */
function askedBehind({ account, proved, unproved }: Guard, { callflow }: CallflowFile): ReadonlyMap<string, string> {
  const behind = [...callflow.blocks.values()].filter(({ name }) => proved.has(name) && !unproved.has(name));
  return new Map(
    behind.flatMap(({ name, verb, body }) => {
      const known = VERBS.get(verb);
      const sent = callflow.services[known?.service?.(body) ?? '']?.send ?? [];
      if (known?.kind.does !== 'perform' || account === null || !sent.includes(account)) return [];
      return (known.kind.receives?.(body, { name, callflow }) ?? []).map((variable) => [variable, name] as const);
    }),
  );
}

/**
 * The arrow to mend: by which callers without a code first get among the blocks that a right code leads to. A block that
 * everybody passes on the way to the code, such as the main menu, is none of these.
 */
function culprit(way: Way, rights: readonly Edge[], { proved }: Guard, file: CallflowFile): Edge | undefined {
  const isForAll = (node: string): boolean => rights.every(({ from }) => comesBefore(node, from, file));
  return way.find(({ to }) => proved.has(to) && !isForAll(to)) ?? way.at(-1);
}

/** Whether every call that comes to a block has been at the node before. */
function comesBefore(node: string, block: string, file: CallflowFile): boolean {
  return node === file.graph.start || !reachedAround(file)(node).has(block);
}

/** What calls come to that are never at the node. */
const reachedAround = perFile(({ graph: { start, edges } }: CallflowFile): ((node: string) => ReadonlySet<string>) => {
  const known = new Map<string, ReadonlySet<string>>();
  const withoutNode = (node: string): readonly Edge[] => edges.filter(({ from, to }) => from !== node && to !== node);
  return (node) => {
    const reached = known.get(node) ?? reachable([start], withoutNode(node));
    known.set(node, reached);
    return reached;
  };
});

/** The prompt of a `say`. */
function saidBy(node: string, { callflow }: CallflowFile): string | null {
  const block = callflow.blocks.get(node);
  const kind = block === undefined ? undefined : VERBS.get(block.verb)?.kind;
  return block === undefined || kind?.does !== 'say' ? null : kind.prompt(block.body);
}

function by({ from, path }: Edge, right?: Edge): string {
  return from === right?.from ? `"${path}"` : `"${path}" of "${from}"`;
}

function names(way: Way): string {
  return [way[0]?.from, ...way.map(({ to }) => to)].join(' > ');
}

function placeOf(edge: Edge, { yaml }: CallflowFile): Found['at'] {
  return yaml.place(whereLed(yaml, edge));
}
