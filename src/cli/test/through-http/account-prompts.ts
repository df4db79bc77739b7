import { VERBS } from '../../../core/blocks/index.ts';
import type { LoadedLibrary } from '../../../core/callflow/library.ts';

/** The prompts of the questions whose answer is the account. */
export function accountPrompts({ flows }: LoadedLibrary): ReadonlySet<string> {
  const prompts = flows.flatMap(({ callflow: { account, blocks } }) =>
    [...blocks.values()].flatMap(({ verb, body }) => {
      const known = VERBS.get(verb);
      if (account === null || known?.kind.does !== 'listen' || known.kind.saves?.(body) !== account) return [];
      return known.prompts?.(body) ?? [];
    }),
  );
  return new Set(prompts);
}
