import { z } from 'zod';
import type { Finding } from './finding.ts';
import { similar } from './similar.ts';
import type { YamlFile, YamlValue } from './yaml.ts';

type Issue = z.core.$ZodIssue;

const SEE = 'See the settings and verbs in docs/callflows.md.';

interface At {
  readonly file: YamlFile;
  readonly schema: z.ZodType;
  /** Where the schema's value stands in the file. */
  readonly at: readonly PropertyKey[];
  /** Where to read more. */
  readonly see?: string;
}

/** Turns what a schema refused into findings at the right line, with what to write instead. */
export function explainIssues(issues: readonly Issue[], at: At): Finding[] {
  const unknown = issues.filter((issue) => issue.code === 'unrecognized_keys');
  const meant = new Set(
    unknown.flatMap((issue) => issue.keys.map((key) => pathOf([...issue.path, nearKey(key, issue, at) ?? key]))),
  );
  const places = new Set(unknown.map((issue) => pathOf(issue.path)));
  // A key that is missing because it is mistyped, or a whole that is wrong because of one, is one mistake.
  const follows = (issue: Issue): boolean =>
    (isMissing(issue, at) && meant.has(pathOf(issue.path))) ||
    (issue.code === 'custom' && places.has(pathOf(issue.path)));
  return issues.filter((issue) => !follows(issue)).flatMap((issue) => explainIssue(issue, at));
}

function explainIssue(issue: Issue, place: At): Finding[] {
  const { file, at, see = SEE } = place;
  const path = [...at, ...issue.path];
  const last = String(path.at(-1));
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, issue, place));
  if (issue.code === 'invalid_key')
    return [finding('CF102', issue.issues[0]?.message ?? issue.message, { fix: see, at: file.placeOfKey(path) })];
  if (issue.code === 'invalid_union') {
    const inner = explainUnion(issue, place);
    if (inner.length > 0) return explainIssues(inner, place);
  }
  if (!isMissing(issue, place)) return [finding('CF102', wordsFor(issue, place), { fix: see, at: file.place(path) })];
  if (path.length === 0)
    return [
      finding('CF103', 'The file is empty.', { fix: 'See docs/callflows.md for a first one.', at: file.place([]) }),
    ];
  return [
    finding('CF103', `"${last}" is missing.`, { fix: `Add "${last}:" here.`, at: file.placeOfKey(path.slice(0, -1)) }),
  ];
}

/** What is wrong by the alternative that was probably meant; nothing when that cannot be told. */
function explainUnion(issue: Extract<Issue, { code: 'invalid_union' }>, place: At): Issue[] {
  // What is not even of the kind that is written there was not meant.
  const isOfKind = (errors: readonly Issue[]): boolean =>
    !errors.some(({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'));
  const ofKind = issue.errors.filter(isOfKind);
  const inside = (ofKind.length > 0 ? ofKind : issue.errors).map((errors) =>
    errors.map((inner): Issue => ({ ...inner, path: [...issue.path, ...inner.path] })),
  );
  const reach = (errors: readonly Issue[]): number =>
    Math.max(0, ...errors.filter((each) => !isMissing(each, place)).map((each) => each.path.length));
  const nearest = [...inside].sort((a, b) => reach(b) - reach(a) || a.length - b.length)[0] ?? [];
  if (reach(nearest) > issue.path.length) return nearest;
  const known = keysAllowed(place.schema, issue.path);
  return nearest.flatMap((inner) => {
    if (inner.code !== 'unrecognized_keys') return [];
    const keys = inner.keys.filter((key) => !known.includes(key));
    return keys.length === 0 ? [] : [{ ...inner, keys }];
  });
}

function unknownKey(key: string, issue: Issue, place: At): Finding {
  const { file, schema, at } = place;
  const allowed = keysAllowed(schema, issue.path);
  const near = nearKey(key, issue, place);
  return finding('CF101', `"${key}" is not known here.${near === undefined ? '' : ` Did you mean "${near}"?`}`, {
    fix: allowed.length === 0 ? 'Remove it.' : `Known here: ${allowed.join(', ')}.`,
    at: file.placeOfKey([...at, ...issue.path, key]),
  });
}

function nearKey(key: string, issue: Issue, { schema }: At): string | undefined {
  return similar(key, keysAllowed(schema, issue.path));
}

const KINDS: Readonly<Record<string, string>> = {
  object: 'Names with values go here: `name: value`.',
  array: 'A list goes here: `[one, two]`.',
  string: 'A text goes here.',
};

/** The schema's own message where a schema of ours has one, in place of zod's. */
function wordsFor(issue: Issue, place: At): string {
  if (!issue.message.startsWith('Invalid ')) return issue.message;
  if (issue.code === 'invalid_type') return KINDS[issue.expected] ?? issue.message;
  if (issue.code !== 'invalid_value') return issue.message;
  const values = issue.values.map(String);
  const value = writtenAt(issue, place);
  const written = typeof value === 'object' ? JSON.stringify(value) : String(value);
  const near = similar(written, values);
  return `"${written}" is not possible here.${near === undefined ? '' : ` Did you mean "${near}"?`} Possible: ${values.join(', ')}.`;
}

/** Nothing is written there: no key, or a key without a value. */
function isMissing(issue: Issue, place: At): boolean {
  const value = writtenAt(issue, place);
  return value === undefined || value === null;
}

function writtenAt(issue: Issue, { file, at }: At): YamlValue | undefined {
  let value: YamlValue | undefined = file.value;
  for (const key of [...at, ...issue.path]) value = (value as Record<PropertyKey, YamlValue> | null | undefined)?.[key];
  return value;
}

function pathOf(path: readonly PropertyKey[]): string {
  return path.map(String).join('\u0000');
}

function finding(code: string, message: string, rest: Pick<Finding, 'fix' | 'at'>): Finding {
  return { code, severity: 'error', message, ...rest };
}

/** The keys that the schema allows at a path, all alternatives together. */
function keysAllowed(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
  let places: JsonSchema[] = [json];
  for (const key of path) places = places.flatMap(alternatives).flatMap((place) => step(place, key));
  return [...new Set(places.flatMap(alternatives).flatMap(namesOf))].sort();
}

function namesOf(schema: JsonSchema): readonly string[] {
  return [...Object.keys(schema.properties ?? {}), ...(schema.propertyNames?.enum ?? [])];
}

interface JsonSchema {
  readonly propertyNames?: { readonly enum?: readonly string[] };
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
