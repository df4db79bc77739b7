import type { Edge } from '../graph.ts';
import type { CallflowFile, Project } from '../project.ts';
import type { Found, Rule } from './rule.ts';
import { isLimit, isSecurityBlock, unaskedEdges } from './unasked.ts';

const COUNTED: readonly string[] = ['send-code', 'verify-code'];

/** A call does not go round in a circle in which nobody has to press a key. */
export const endless: Rule = {
  code: 'CF222',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    for (const circle of circles(file, project)) {
      if (circle.some((name) => isCounted(name, file))) continue;
      yield found(file, circle, {
        says: 'goes round without anybody pressing a key',
        fix: 'Let one of these blocks lead to a menu, so that the caller decides, or to an exit.',
      });
    }
  },
};

/** No code is sent again, and none tried, unless the caller pressed a key: a send is never repeated on its own. */
export const repeatsItself: Rule = {
  code: 'CF223',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    for (const circle of circles(file, project)) {
      const counted = circle.find((name) => isCounted(name, file));
      if (counted === undefined) continue;
      yield found(file, circle, {
        says: `comes back to "${counted}" without anybody pressing a key: codes would be sent or tried again by themselves`,
        fix: 'Lead through a menu, so that the caller asks for it, or to an exit.',
      });
    }
  },
};

function isCounted(name: string, { callflow }: CallflowFile): boolean {
  return COUNTED.includes(callflow.blocks.get(name)?.verb ?? '');
}

function found(
  { yaml, callflow }: CallflowFile,
  circle: readonly string[],
  { says, fix }: { readonly says: string; readonly fix: string },
): Found {
  const order = [...callflow.blocks.keys()];
  const first = circle.reduce((a, b) => (order.indexOf(b) < order.indexOf(a) ? b : a));
  const at = circle.indexOf(first);
  const way = [...circle.slice(at), ...circle.slice(0, at), first].join(' > ');
  return { at: yaml.placeOfKey(['blocks', first]), message: `The call ${says}: ${way}.`, fix };
}

/**
 * One circle for each group of blocks that lead to each other without a key, the shortest through its first block.
 * Those that a limit leads back to what was limited are told as such.
 */
function circles(file: CallflowFile, project: Project): readonly (readonly string[])[] {
  const edges = unaskedEdges(file, project);
  const straight = edges.filter((edge) => !isLimit(edge, file, project));
  const told = new Set<string>();
  const found: (readonly string[])[] = [];
  for (const name of file.callflow.blocks.keys()) {
    if (told.has(name)) continue;
    const direct = shortestWay(name, straight);
    const circle = direct ?? shortestWay(name, edges);
    if (circle === null) continue;
    if (direct === null && circle.some((each) => isSecurityBlock(each, file, project))) continue;
    for (const each of circle) told.add(each);
    found.push(circle);
  }
  return found;
}

/** The shortest way from a node back to itself, by at least one arrow; null where there is none. */
function shortestWay(from: string, edges: readonly Edge[]): readonly string[] | null {
  const cameFrom = new Map<string, string>();
  const left = [from];
  for (const node of left) {
    for (const edge of edges) {
      if (edge.from !== node || cameFrom.has(edge.to)) continue;
      cameFrom.set(edge.to, node);
      if (edge.to === from) return way(from, node, cameFrom);
      left.push(edge.to);
    }
  }
  return null;
}

function way(from: string, last: string, cameFrom: ReadonlyMap<string, string>): readonly string[] {
  const nodes = [last];
  for (let node = last; node !== from; nodes.unshift(node)) node = cameFrom.get(node) ?? from;
  return nodes;
}
