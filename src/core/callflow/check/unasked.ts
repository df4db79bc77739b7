import { VERBS } from '../../blocks/index.ts';
import type { Edge } from '../graph.ts';
import type { CallflowFile, Project } from '../project.ts';
import { reachable } from './reachable.ts';

/** The arrows that a call takes without a valid key: for a caller who is silent, mistypes, or lets a program dial. */
export function unaskedEdges(file: CallflowFile, project: Project): readonly Edge[] {
  return unasked(file, project, []);
}

/** The exits that a callflow can be left by without a valid key, of those reached from a limit only with `limits`. */
function unaskedExits(
  file: CallflowFile,
  project: Project,
  options: { readonly within: readonly CallflowFile[]; readonly limits: boolean },
): ReadonlySet<string> {
  const edges = unasked(file, project, options.within);
  const from = options.limits
    ? edges.filter((edge) => isLimit(edge, file, project)).map((edge) => edge.to)
    : [file.graph.start];
  return reachable(from, edges);
}

function unasked(file: CallflowFile, project: Project, within: readonly CallflowFile[]): readonly Edge[] {
  // Callflows that lead in a circle are reported as such.
  const inside = [...within, file];
  const exits = new Map<string, ReadonlySet<string>>();
  return file.graph.edges.filter((edge) => {
    const linked = linkedBy(edge, file, project);
    if (linked === undefined) return edge.by !== 'key';
    if (inside.includes(linked)) return false;
    const name = linked.callflow.name;
    const known = exits.get(name) ?? unaskedExits(linked, project, { within: inside, limits: false });
    exits.set(name, known);
    return known.has(edge.path);
  });
}

/** Whether a limit takes this arrow: one of the block's own, or one inside the callflow that it links to. */
export function isLimit(edge: Edge, file: CallflowFile, project: Project): boolean {
  const linked = linkedBy(edge, file, project);
  if (linked === undefined || linked === file) return edge.by === 'limit';
  return unaskedExits(linked, project, { within: [file], limits: true }).has(edge.path);
}

function linkedBy({ from }: Edge, file: CallflowFile, project: Project): CallflowFile | undefined {
  const block = file.callflow.blocks.get(from);
  const kind = block === undefined ? undefined : VERBS.get(block.verb)?.kind;
  return block === undefined || kind?.does !== 'link' ? undefined : project.callflows.get(kind.callflow(block.body));
}

const SECURITY: readonly string[] = ['find-methods', 'send-code', 'verify-code'];

/** Whether a block looks up, sends or tries, itself or in the callflow that it links to. */
export function isSecurityBlock(
  name: string,
  file: CallflowFile,
  project: Project,
  within: readonly CallflowFile[] = [],
): boolean {
  const block = file.callflow.blocks.get(name);
  if (block === undefined) return false;
  if (SECURITY.includes(block.verb)) return true;
  const linked = linkedBy({ from: name, path: '', to: '', by: 'itself' }, file, project);
  if (linked === undefined || linked === file || within.includes(linked)) return false;
  return [...linked.callflow.blocks.keys()].some((each) => isSecurityBlock(each, linked, project, [...within, file]));
}
