import { VERBS } from '../../blocks/index.ts';
import type { Callflow } from '../callflow.ts';

/** A prompt that a callflow names, and where. */
export interface SpokenPrompt {
  /** With `.variant` for the option of a menu. */
  readonly prompt: string;
  readonly path: readonly PropertyKey[];
  /** The one language that it is said in; null: whatever the call's is. */
  readonly language: string | null;
  /** The block that says it; null for an exit. */
  readonly block: string | null;
}

export function spokenPrompts(callflow: Callflow): readonly SpokenPrompt[] {
  return [
    ...[...callflow.blocks.values()].flatMap(({ name, verb, body }) => {
      const languages = VERBS.get(verb)?.languages?.(body) ?? {};
      return (VERBS.get(verb)?.prompts?.(body) ?? []).map((prompt) => ({
        prompt,
        path: ['blocks', name, verb],
        language: languages[prompt] ?? null,
        block: name,
      }));
    }),
    ...Object.entries(callflow.exits).flatMap(([name, { say }]) =>
      say === undefined ? [] : [{ prompt: say, path: ['exits', name, 'say'], language: null, block: null }],
    ),
  ];
}
