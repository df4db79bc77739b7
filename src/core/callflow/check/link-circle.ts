import type { CallflowFile, Project } from '../project.ts';
import { linksOf } from './links.ts';
import type { Rule } from './rule.ts';

/** Callflows do not link to each other in a circle: each link waits for the other to come back. */
export const linkCircle: Rule = {
  code: 'CF224',
  severity: 'error',
  stage: 'sense',
  of: 'callflow',
  *check(file, project) {
    for (const { at, wanted, linked } of linksOf(file.callflow, project)) {
      const way = linked === undefined ? null : wayTo(file, linked, { project, seen: [] });
      if (way === null) continue;
      yield {
        at: file.yaml.place([...at, 'link']),
        message: `This link leads back to "${file.callflow.name}" itself: ${[file.callflow.name, ...way].join(' > ')}.`,
        fix: `Let "${wanted}" come back by an exit that \`returns\`, and wire that exit here.`,
      };
    }
  },
};

function wayTo(
  goal: CallflowFile,
  from: CallflowFile,
  { project, seen }: { readonly project: Project; readonly seen: readonly CallflowFile[] },
): readonly string[] | null {
  const { name } = from.callflow;
  if (from === goal) return [name];
  if (seen.includes(from)) return null;
  for (const { linked } of linksOf(from.callflow, project)) {
    const way = linked === undefined ? null : wayTo(goal, linked, { project, seen: [...seen, from] });
    if (way !== null) return [name, ...way];
  }
  return null;
}
