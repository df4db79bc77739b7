import { MASKED } from '../../verification/mask.ts';
import { METHODS } from '../../method.ts';
import { isVariable, walk } from '../../call/wording-tree.ts';
import type { CallflowFile, Project } from '../project.ts';
import { knownValues } from './known-values.ts';
import { knownVariables } from './known-variables.ts';
import { promptUses, variantsHeard, type PromptUse } from './prompt-uses.ts';
import { wordedFor, type Worded } from './worded.ts';

/** A variable that a text names, where it is spoken. */
export interface NamedVariable {
  readonly name: string;
  readonly text: Worded;
  /** Where the variable stands in the text, from 0. */
  readonly offset: number;
  /** The block or exit; null where the engine speaks. */
  readonly node: string | null;
  /** What may have a value there. */
  readonly known: ReadonlySet<string>;
}

/** Every variable in what a callflow says, place by place. */
export function namedVariables(file: CallflowFile, project: Project): readonly NamedVariable[] {
  const knownAt = knownThere(file);
  return [...file.wordings.keys()].flatMap((locale) => {
    const worded = wordedFor(file, project, { locale, kind: 'prompt' });
    return promptUses(file.callflow).flatMap((use) =>
      [null, ...variantsHeard(use)].flatMap((variant) => {
        const text = worded.get(variant === null ? use.prompt : `${use.prompt}.${variant}`);
        if (text === undefined) return [];
        const known = knownAt(use, variant);
        return variablesIn(text).map((each) => ({ ...each, text, node: use.node, known }));
      }),
    );
  });
}

/** The variables of a text in their order, with where they stand. */
export function variablesIn({
  wording,
}: Pick<Worded, 'wording'>): readonly { readonly name: string; readonly offset: number }[] {
  const found: { name: string; offset: number }[] = [];
  walk(wording.tree, (node) => {
    if (isVariable(node)) found.push({ name: node.value ?? '', offset: node.location.start.offset });
  });
  return found;
}

/** What a text may name: variables, what the call knows, and in the text for one method only what that method has. */
function knownThere(file: CallflowFile): (use: PromptUse, variant: string | null) => ReadonlySet<string> {
  const variables = knownVariables(file);
  const values = knownValues(file);
  const masked = new Set<string>(Object.values(MASKED).flat());
  return ({ node, as, options }, variant) => {
    if (node === null) return new Set();
    const known = new Set<string>([...variables(node), ...values(node)]);
    const own = options.find(({ name }) => name === variant)?.tells;
    const method = as === 'menu' ? undefined : METHODS.find((each) => each === variant);
    if (own === undefined && method === undefined) return known;
    const has = own ?? MASKED[method ?? 'authenticator'].filter((value) => known.has(value));
    return new Set([...[...known].filter((name) => !masked.has(name)), ...has]);
  };
}
