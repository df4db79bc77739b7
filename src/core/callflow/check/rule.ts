import type { Place } from '../finding.ts';
import type { CallflowFile, Project, PromptFile } from '../project.ts';

/**
 * Rules run stage by stage. A file in which one stage has found an error is left out of the next: what follows would
 * mostly be its consequence. Advice is given only where nothing is wrong.
 */
export const STAGES = ['names', 'sense', 'advice'] as const;

/** One thing that can be wrong, in a file of its own; `docs/errors.md` explains each by its code. */
export type Rule = {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly stage: (typeof STAGES)[number];
} & (
  | { readonly of: 'callflow'; check(file: CallflowFile, project: Project): Iterable<Found> }
  | { readonly of: 'prompts'; check(file: PromptFile, project: Project): Iterable<Found> }
  | { readonly of: 'project'; check(project: Project): Iterable<Found> }
);

export interface Found {
  readonly at: Place;
  /** Where it is not that of the rule. */
  readonly severity?: 'error' | 'warning';
  /** What is wrong, with the value. */
  readonly message: string;
  /** What to write instead. */
  readonly fix: string;
}
