import { z } from 'zod';
import { choiceOf } from './choice.ts';
import { described, type Hints } from './description.ts';
import type { JsonSchema, Snippet } from './json-schema.ts';
import { asDuration, inAnyCase, orStandIn, orZero, PLACE, takesNumbers, takesReferences } from './scalars.ts';

type Written = JsonSchema & Hints;

export interface Conversion {
  /** Whether texts may be written as `"${NAME}"`. */
  readonly references: boolean;
}

/** What an editor needs to know of a schema: what may be written, and the words for it. Every alternative is inlined. */
export function fromZod(schema: z.ZodType, conversion: Conversion): JsonSchema {
  const json = z.toJSONSchema(schema, {
    target: 'draft-07',
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) =>
      void Object.assign(jsonSchema, messagesOf(zodSchema as unknown as z.ZodType)),
  });
  const { $schema: _draft, ...rest } = JSON.parse(JSON.stringify(json)) as Written;
  return convert(rest, conversion);
}

/** The schema's own messages, so that editors say what the loader says; those that depend on what is written do not help. */
function messagesOf(schema: z.ZodType): JsonSchema {
  if (!['string', 'number', 'union', 'enum', 'literal'].includes(schema.type)) return {};
  const nothing = ['enum', 'literal'].includes(schema.type) ? NONSENSE : undefined;
  const errorMessage = messageFor(schema, nothing);
  const patternErrorMessage = schema.type === 'string' ? messageFor(schema, NONSENSE, 'invalid_format') : undefined;
  return {
    ...(errorMessage === undefined ? {} : { errorMessage }),
    ...(patternErrorMessage === undefined ? {} : { patternErrorMessage }),
  };
}

const NONSENSE = '\u0000';

/** What a schema of ours says to a value that is none, in place of zod's own words. */
function messageFor(schema: z.ZodType, value: unknown, code?: string): string | undefined {
  const issues = schema.safeParse(value).error?.issues ?? [];
  const message = issues.find((issue) => code === undefined || issue.code === code)?.message ?? 'Invalid';
  return message.startsWith('Invalid') || message.includes(NONSENSE) ? undefined : message;
}

/** From the inside out: what is in it, its alternatives, what else may stand for it, and last the words for all of that. */
function convert(written: Written, conversion: Conversion): JsonSchema {
  const { label, usually, words, samples, duration, fill, ...own } = written;
  const offered = samples === undefined ? own : { ...own, defaultSnippets: samples.map(asSnippet) };
  const bare = duration === undefined ? offered : asDuration(offered, duration);
  const whole = asScalar(flattened(withoutEmpty(inside(bare, conversion)), conversion), conversion);
  const zero = duration?.least === 0 ? orZero(whole) : whole;
  const cased = words === undefined ? zero : inAnyCase(zero, words);
  const { description: _own, ...result } = fill === true ? orStandIn(cased, PLACE) : cased;
  const description = described(own, { label, usually, duration } as Hints);
  return { ...(description === '' ? {} : { description }), ...result };
}

/** Offered by editors, and not listed as examples beside the key. */
function asSnippet(value: unknown): Snippet {
  return { label: String(value), description: '', body: value };
}

function asScalar(schema: JsonSchema, { references }: Conversion): JsonSchema {
  const scalar = takesNumbers(schema);
  return references ? takesReferences(scalar) : scalar;
}

/** The same with everything in it converted. */
function inside(schema: JsonSchema, conversion: Conversion): JsonSchema {
  const each = (inner: JsonSchema): JsonSchema => convert(inner, conversion);
  // Keys are not looked up in the environment, and scalars of a union only when they are one schema.
  const plain = (inner: JsonSchema): JsonSchema => convert(inner, { references: false });
  const { properties, additionalProperties, propertyNames, items, anyOf, ...rest } = schema;
  const value = typeof additionalProperties === 'object' ? each(additionalProperties) : additionalProperties;
  return {
    ...rest,
    ...(properties === undefined ? {} : { properties: titled(properties, each) }),
    ...(value === undefined ? {} : { additionalProperties: value }),
    ...(propertyNames === undefined ? {} : namesAllowed(plain(propertyNames), value)),
    ...(items === undefined ? {} : { items: each(items) }),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((inner) => (inner.type === 'object' ? each : plain)(inner)) }),
  };
}

/** What keys may be. Editors take a key like 1 for a number, which only patterns match. */
function namesAllowed(names: JsonSchema, value: JsonSchema | false | undefined): JsonSchema {
  const { enum: keys, pattern, errorMessage } = names;
  if (keys === undefined || value === undefined || value === false)
    return pattern === undefined ? {} : { propertyNames: { title: 'name', ...names } };
  return {
    patternProperties: { [`^(?:${keys.join('|')})$`]: value },
    additionalProperties: false,
    defaultSnippets: keys.map((key) => ({
      label: String(key),
      description: value.description ?? '',
      body: { [String(key)]: '$1' },
    })),
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
}

/** Maps are called by their key, and what stands in `exits` an exit; editors show that above what is in them. */
function titled(
  properties: Readonly<Record<string, JsonSchema>>,
  each: (inner: JsonSchema) => JsonSchema,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(
    Object.entries(properties).map(([key, inner]) => {
      const schema = each(inner);
      const { additionalProperties, items } = schema;
      const one = key.replace(/(?<!y)s$/, '');
      const entries = {
        ...(typeof additionalProperties === 'object'
          ? { additionalProperties: called(one, additionalProperties) }
          : {}),
        ...(items === undefined ? {} : { items: called(one, items) }),
      };
      return [key, called(key, { ...schema, ...entries })];
    }),
  );
}

function called(title: string, schema: JsonSchema): JsonSchema {
  const { then: yes, else: no, additionalProperties: entry } = schema;
  const inner = {
    ...(typeof entry === 'object' ? { additionalProperties: called(title, entry) } : {}),
    ...(yes === undefined ? {} : { then: called(title, yes) }),
    ...(no === undefined ? {} : { else: called(title, no) }),
  };
  return schema.type === 'object' || yes !== undefined ? { title, ...schema, ...inner } : schema;
}

/** Defaults that say nothing, and the bounds that every whole number has. */
function withoutEmpty(schema: JsonSchema): JsonSchema {
  const isEmpty = (value: unknown): boolean =>
    value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
  const { default: by, minimum, maximum, ...rest } = schema;
  return {
    ...rest,
    ...(isEmpty(by) ? {} : { default: by }),
    ...(minimum === undefined || minimum === Number.MIN_SAFE_INTEGER ? {} : { minimum }),
    ...(maximum === undefined || maximum === Number.MAX_SAFE_INTEGER ? {} : { maximum }),
  };
}

/** Alternatives as one schema where they can be told apart by their types and keys: editors explain that better. */
function flattened(schema: JsonSchema, conversion: Conversion): JsonSchema {
  const { anyOf, errorMessage, ...rest } = schema;
  if (anyOf === undefined || schema.type !== undefined) return schema;
  const message = errorMessage === undefined ? {} : { errorMessage };
  const maps = anyOf.filter(({ type }) => type === 'object');
  const [map] = maps.length > 1 ? [choiceOf(maps, message)] : maps;
  const scalars = anyOf.filter((each) => !maps.includes(each));
  const [scalar] =
    scalars.length > 1 ? [{ ...merged(scalars), ...message }] : scalars.map((each) => ({ ...message, ...each }));
  if (map === undefined || scalar === undefined) return { ...(map ?? scalar), ...rest };
  const type = [scalar.type ?? [], 'object'].flat();
  // A map with keys of its own has more to say than that a text goes here.
  if (isPlain(scalar) && map.if === undefined && map.properties === undefined)
    return { ...map, ...scalar, ...message, ...rest, type };
  // The same words as inside, so that editors say them once.
  const words = scalar.errorMessage === undefined ? message : { errorMessage: scalar.errorMessage, ...message };
  const other = { ...scalar, ...words };
  return { ...rest, ...words, type, if: { type: 'object' }, then: map, else: asScalar(other, conversion) };
}

/** Scalars of different types in one schema: the keywords of one do not touch values of another. */
function merged(scalars: readonly JsonSchema[]): JsonSchema {
  const types = scalars.flatMap(({ type }) => type ?? []);
  if (new Set(types).size < types.length || !scalars.every(isPlain)) return { anyOf: scalars };
  return { ...(Object.assign({}, ...scalars) as JsonSchema), type: types };
}

function isPlain(schema: JsonSchema): boolean {
  return schema.enum === undefined && schema.const === undefined && schema.anyOf === undefined;
}
