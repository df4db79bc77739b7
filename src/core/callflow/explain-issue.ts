import { z } from 'zod';
import type { Finding } from './finding.ts';
import { similar } from './similar.ts';
import type { YamlFile } from './yaml.ts';

type Issue = z.core.$ZodIssue;

/** Turns what a schema refused into findings at the right line, with what to write instead. */
export function explainIssues(
  issues: readonly Issue[],
  options: { readonly file: YamlFile; readonly schema: z.ZodType; readonly at: readonly PropertyKey[] },
): Finding[] {
  return issues.flatMap((issue) => explainIssue(issue, options));
}

function explainIssue(
  issue: Issue,
  options: { readonly file: YamlFile; readonly schema: z.ZodType; readonly at: readonly PropertyKey[] },
): Finding[] {
  const { file, schema, at } = options;
  const path = [...at, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const allowed = keysAllowed(schema, issue.path);
    return issue.keys.map((key) => {
      const near = similar(key, allowed);
      return {
        code: 'CF101',
        severity: 'error',
        message: `"${key}" is not known here.${near === undefined ? '' : ` Did you mean "${near}"?`}`,
        fix: allowed.length === 0 ? 'Remove it.' : `Known here: ${allowed.join(', ')}.`,
        at: file.placeOfKey([...path, key]),
      };
    });
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const nearest = [...issue.errors].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
    if (depth(nearest) > 0)
      return nearest.flatMap((inner) => explainIssue({ ...inner, path: [...issue.path, ...inner.path] }, options));
  }
  const missing = issue.code === 'invalid_type' && issue.input === undefined;
  const last = path.at(-1);
  return [
    {
      code: missing ? 'CF103' : 'CF102',
      severity: 'error',
      message: missing ? `"${String(last)}" is missing.` : issue.message,
      fix: missing ? `Add "${String(last)}:" here.` : 'See the settings and verbs in docs/callflows.md.',
      at: missing ? file.placeOfKey(path.slice(0, -1)) : file.place(path),
    },
  ];
}

function depth(issues: readonly Issue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

/** The keys that the schema allows at a path, all alternatives together. */
function keysAllowed(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  let places: JsonSchema[] = [json];
  for (const key of path) places = places.flatMap(alternatives).flatMap((place) => step(place, key));
  return [...new Set(places.flatMap(alternatives).flatMap((place) => Object.keys(place.properties ?? {})))].sort();
}

interface JsonSchema {
  readonly properties?: Record<string, JsonSchema>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

function alternatives(schema: JsonSchema): JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])];
  return [schema, ...inner.flatMap(alternatives)];
}

function step(schema: JsonSchema, key: PropertyKey): JsonSchema[] {
  const property = schema.properties?.[String(key)];
  const other = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
  return [property ?? other ?? schema.items].filter((each) => each !== undefined);
}
