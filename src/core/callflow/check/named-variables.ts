import { valuesOfPage } from '../../sign-in/page-texts.ts';
import { MASKED } from '../../verification/mask.ts';
import { METHODS, TRAITS, type Method } from '../../method.ts';
import { isVariable, NODE, walk } from '../../call/wording-tree.ts';
import type { CallflowFile, Project } from '../project.ts';
import { knownValues } from './known-values.ts';
import { knownVariables } from './known-variables.ts';
import { perFile } from './per-file.ts';
import { promptUses, variantsHeard, type PromptUse } from './prompt-uses.ts';
import { wordedFor, type Worded } from './worded.ts';

/** A variable that a text names, where it is spoken. */
export interface NamedVariable {
  readonly name: string;
  readonly text: Worded;
  /** From where to where the variable stands in the text, from 0. */
  readonly offset: number;
  readonly end: number;
  /** The block or exit; null where the engine speaks. */
  readonly node: string | null;
  /** What may have a value there. */
  readonly known: ReadonlySet<string>;
  /** The one method that the text is for. */
  readonly method: Method | undefined;
}

/** Every variable in what a callflow says, place by place. */
export const namedVariables = perFile((file: CallflowFile, project: Project): readonly NamedVariable[] => {
  const knownAt = knownThere(file);
  return [...file.wordings.keys()].flatMap((locale) => {
    const worded = wordedFor(file, project, { locale, kind: 'prompt' });
    return promptUses(file.callflow, locale).flatMap((use) =>
      [null, ...variantsHeard(use)].flatMap((variant) => {
        const text = worded.get(variant === null ? use.prompt : `${use.prompt}.${variant}`);
        if (text === undefined) return [];
        const there = { text, node: use.node, ...knownAt(use, variant) };
        return variablesIn(text).map((each) => ({ ...each, ...there }));
      }),
    );
  });
});

/** The variables of a text in their order, with where they stand: `{digits}`, or the beginning of a choice, `{left`. */
export function variablesIn({
  wording,
  written,
}: Pick<Worded, 'wording' | 'written'>): readonly Pick<NamedVariable, 'name' | 'offset' | 'end'>[] {
  const found: Pick<NamedVariable, 'name' | 'offset' | 'end'>[] = [];
  walk(wording.tree, (node) => {
    if (!isVariable(node)) return;
    const { value: name = '', type, location } = node;
    const offset = location.start.offset;
    const end = type === NODE.argument ? location.end.offset : written.indexOf(name, offset) + name.length;
    found.push({ name, offset, end });
  });
  return found;
}

/** What a text may name: variables, what the call knows, and in the text for one method only what that method has. */
function knownThere(
  file: CallflowFile,
): (use: PromptUse, variant: string | null) => Pick<NamedVariable, 'known' | 'method'> {
  const variables = knownVariables(file);
  const values = knownValues(file);
  const masked = new Set<string>(Object.values(MASKED).flat());
  return ({ prompt, node, as, options }, variant) => {
    if (node === null) return { known: new Set(valuesOfPage(prompt)), method: undefined };
    const known = new Set<string>([...variables(node), ...values(node)]);
    const own = options.find(({ name }) => name === variant)?.tells;
    const method = as !== 'menu' || own !== undefined ? METHODS.find((each) => each === variant) : undefined;
    if (method === undefined) return { known, method };
    const has = own ?? MASKED[TRAITS[method].to].filter((value) => known.has(value));
    return { known: new Set([...[...known].filter((name) => !masked.has(name)), ...has]), method };
  };
}
