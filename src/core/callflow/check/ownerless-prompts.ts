import { similar } from '../similar.ts';
import { STANDARD } from '../prompt-shelf.ts';
import { type CallflowFile, type Project, type PromptFile } from '../project.ts';
import type { Rule } from './rule.ts';
import { usersOf } from './worded.ts';

/** A prompt file has the name of a callflow. One that was meant for a callflow is an error: its words would be missed. */
export const ownerlessPrompts: Rule = {
  code: 'CF306',
  severity: 'warning',
  stage: 'names',
  of: 'prompts',
  *check(file, project) {
    const { source } = file;
    if (isOwned(file, project)) return;
    const meant = meantFor(file, project);
    // What it is for may be among what could not be read.
    if (meant === undefined && !project.complete) return;
    const known = [...project.callflows.keys()].sort().join(', ');
    yield {
      at: { file: source.file, line: 1, column: 1 },
      ...(meant === undefined ? {} : { severity: 'error' }),
      message: `There is no callflow "${source.callflow}" that could use this file.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
      fix:
        meant === undefined
          ? `Name it after its callflow, one of ${known}, or delete it.`
          : `Name the file prompts/${source.locale}/${meant}.yaml.`,
    };
  },
};

/** Whether the words of a callflow probably stand in a file whose name is mistyped. */
export function isMisnamed({ callflow }: CallflowFile, locale: string, project: Project): boolean {
  return project.prompts.some(
    (file) => file.source.locale === locale && !isOwned(file, project) && meantFor(file, project) === callflow.name,
  );
}

function isOwned(file: PromptFile, project: Project): boolean {
  const { callflow } = file.source;
  return callflow === STANDARD || usersOf(file, project).length > 0 || project.mayBeUnread(callflow);
}

/** The nearest name of a callflow that has no file of its own in this language. */
function meantFor({ source }: PromptFile, project: Project): string | undefined {
  const worded = project.prompts.filter((each) => each.source.locale === source.locale);
  const wordless = [...project.callflows.keys()].filter(
    (name) => !worded.some((each) => each.source.callflow === name),
  );
  return similar(source.callflow, wordless);
}
