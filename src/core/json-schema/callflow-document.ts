import { VERBS, type AnyVerb } from '../blocks/index.ts';
import { USES } from '../callflow/builtin/index.ts';
import { callflowSchema } from '../callflow/schema.ts';
import { readYaml, type YamlValue } from '../callflow/yaml.ts';
import { choice } from './choice.ts';
import { fromZod } from './from-zod.ts';
import type { JsonSchema, Snippet } from './json-schema.ts';

/** Callflow files: those with blocks of their own, and those that only have settings (`use:`). */
export function callflowDocument(): JsonSchema {
  const { properties: all = {}, required: _required, ...file } = fromZod(callflowSchema, { references: true });
  const { use = {}, start = {}, blocks = {}, ...shared } = all;
  const { exits = {}, settings = {} } = shared;
  const whole: JsonSchema = {
    ...file,
    properties: { ...shared, start, blocks: { ...blocks, additionalProperties: blockSchema() } },
    required: ['callflow', 'start', 'blocks'],
    // With this key it is a file of the other kind.
    defaultSnippets: USES.map((each) => ({ label: 'use', description: use.description ?? '', body: { use: each } })),
  };
  const using: JsonSchema = {
    ...file,
    // What is not written has its value in the callflow that is used.
    properties: { ...shared, use, settings: withoutRequired(settings), exits: { ...exits, type: ['object', 'null'] } },
    required: ['callflow', 'use'],
  };
  return choice([using], { schema: whole });
}

function withoutRequired({ required: _required, ...schema }: JsonSchema): JsonSchema {
  const { properties } = schema;
  if (properties === undefined) return schema;
  const inner = Object.entries(properties).map(([key, each]) => [key, withoutRequired(each)] as const);
  return { ...schema, properties: Object.fromEntries(inner) };
}

function blockSchema(): JsonSchema {
  const verbs = [...VERBS.values()];
  return choice(verbs.map(verbSchema), {
    refusal: {
      errorMessage: `A block has exactly one verb: ${verbs.map(({ name }) => name).join(', ')}.`,
      defaultSnippets: verbs.map(snippetOf),
    },
  });
}

/** The block with this verb. The verb's own key shows the example as well: that is where the cursor rests. */
function verbSchema({ name, summary, example, schema, outcomes }: AnyVerb): JsonSchema {
  const plain = fromZod(schema, { references: true });
  const block = outcomes === undefined ? plain : withOutcomes(plain, fromZod(outcomes.schema, { references: true }));
  const shown = `\n\n\`\`\`yaml\n${example}\n\`\`\``;
  const own = block.properties?.[name] ?? {};
  return {
    title: name,
    description: summary,
    markdownDescription: `${summary}${shown}`,
    ...block,
    properties: {
      ...block.properties,
      [name]: { ...own, markdownDescription: `${summary}\n\n${own.description ?? ''}${shown}` },
    },
  };
}

/** Paths by the outcome names of the OTP-node reference, besides our own. */
function withOutcomes(block: JsonSchema, named: JsonSchema): JsonSchema {
  const { paths = {} } = named.properties ?? {};
  const own = block.properties?.['paths'];
  if (own !== undefined)
    return {
      ...block,
      properties: {
        ...block.properties,
        paths: { description: own.description ?? '', ...choice([paths], { schema: own }) },
      },
    };
  const required = block.required ?? [];
  return {
    ...block,
    properties: { ...block.properties, paths },
    required: required.filter((key) => key !== 'next'),
    if: { required: ['paths'] },
    then: { required: named.required ?? [] },
    else: { required },
  };
}

/** The verb's example with its values as places to write in. */
function snippetOf({ name, summary, example }: AnyVerb): Snippet {
  const { value } = readYaml(name, example);
  const [block = null] = Object.values(value as Readonly<Record<string, YamlValue>>);
  let place = 0;
  const withPlaces = (inner: YamlValue): unknown => {
    if (Array.isArray(inner)) return inner.map((each: YamlValue) => withPlaces(each));
    if (typeof inner !== 'object' || inner === null) return `\${${++place}:${String(inner)}}`;
    return Object.fromEntries(Object.entries(inner).map(([key, each]) => [key, withPlaces(each)]));
  };
  return { label: name, description: summary, body: withPlaces(block) };
}
