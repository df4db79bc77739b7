import type { JsonSchema } from './json-schema.ts';

/** What holds where none of the alternatives was begun: another schema, or a refusal in these words. */
type Otherwise = { readonly schema: JsonSchema } | { readonly refusal: Refusal };
type Refusal = Pick<JsonSchema, 'errorMessage' | 'defaultSnippets'>;

/**
 * Maps that are told apart by their keys, as a chain of if, then, else. Measured on the YAML language server: for `anyOf`
 * it explains a mistake by whichever alternative fits best, often another one than was meant.
 */
export function choice(alternatives: readonly JsonSchema[], otherwise: Otherwise): JsonSchema {
  const known = 'schema' in otherwise ? [...alternatives, otherwise.schema] : alternatives;
  return alternatives.reduceRight<JsonSchema>(
    (rest, alternative) => ({
      if: { type: 'object', ...hasAny(marksOf(alternative, known)) },
      then: alternative,
      else: rest,
    }),
    'schema' in otherwise ? otherwise.schema : refused(alternatives, otherwise.refusal),
  );
}

/** The choice among the maps of a union; the one without a mark of its own, if there is one, holds otherwise. */
export function choiceOf(maps: readonly JsonSchema[], refusal: Refusal): JsonSchema {
  const marked = maps.filter((each) => marksOf(each, maps).length > 0);
  const [open, ...others] = maps.filter((each) => !marked.includes(each));
  if (others.length > 0) return { anyOf: maps };
  return choice(marked, open === undefined ? { refusal } : { schema: open });
}

/** Refuses every map, and offers the keys of all alternatives where there is no better offer. */
function refused(alternatives: readonly JsonSchema[], refusal: Refusal): JsonSchema {
  const properties = Object.assign({}, ...alternatives.map((each) => each.properties)) as JsonSchema['properties'];
  return {
    type: 'object',
    // None of the marks is there, or this would not be asked; so one is enough to refuse.
    required: alternatives.flatMap((each) => marksOf(each, alternatives)).slice(0, 1),
    ...(refusal.defaultSnippets === undefined && properties !== undefined ? { properties } : {}),
    ...refusal,
  };
}

/** The keys that an alternative needs and that no other one knows. */
function marksOf(alternative: JsonSchema, known: readonly JsonSchema[]): readonly string[] {
  const others = new Set(
    known.filter((each) => each !== alternative).flatMap((each) => Object.keys(each.properties ?? {})),
  );
  return (alternative.required ?? []).filter((key) => !others.has(key));
}

function hasAny(keys: readonly string[]): JsonSchema {
  return keys.length === 1 ? { required: keys } : { anyOf: keys.map((key) => ({ required: [key] })) };
}
