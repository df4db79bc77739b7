import { CALLFLOW_VARIABLES } from '../callflow/environment.ts';
import { readDuration, type Bounds } from '../duration.ts';
import type { JsonSchema } from './json-schema.ts';

/** Texts that the loader keeps as they are written and that editors take for numbers. */
const LIKE_NUMBERS = ['7', '012345', '+12025550100', '-1', '1.50', '.5', '1e3', '0x1F', '0o17', '.inf', '.nan'];

/** Lets a text be what editors take for a number, where the text may look like one. */
export function takesNumbers(schema: JsonSchema): JsonSchema {
  const types = [schema.type ?? []].flat();
  if (!types.includes('string') || types.includes('number')) return schema;
  if (schema.enum !== undefined || schema.const !== undefined) return schema;
  const pattern = schema.pattern === undefined ? null : new RegExp(schema.pattern, 'u');
  if (types.includes('integer') || !LIKE_NUMBERS.some((text) => pattern?.test(text) ?? true)) return schema;
  return { ...schema, type: [...types, 'number'] };
}

/** A text that stands for another one, which editors cannot know. */
interface StandIn {
  readonly pattern: string;
  readonly description: string;
}

const REFERENCE: StandIn = { pattern: String.raw`\$\{[^}]*\}`, description: 'A value of the environment.' };
export const PLACE: StandIn = { pattern: '<[a-z][a-z0-9-]*>', description: 'A value of an example.' };

const ALLOWED = String.raw`\$\{(?:${CALLFLOW_VARIABLES.join('|')}|CALLFLOW_[^}]*)\}`;
const OTHER = 'Callflows may use AGENT_NUMBER, the service URLs, and names of your own that start with CALLFLOW_.';

/** Lets a text be, or hold, a value of the environment: `"${AGENT_NUMBER}"`. */
export function takesReferences(schema: JsonSchema): JsonSchema {
  const { pattern, minLength, maxLength, enum: words, const: word } = schema;
  const isFree = [pattern, minLength, maxLength, words, word].every((each) => each === undefined);
  if (!isFree || ![schema.type].flat().includes('string')) return orStandIn(schema, REFERENCE);
  const text = String.raw`^(?:(?!${REFERENCE.pattern})[\s\S]|${ALLOWED})*$`;
  return { ...schema, pattern: text, patternErrorMessage: OTHER };
}

/** The same, or what stands for it. A list of words stays one, since editors offer them. */
export function orStandIn(schema: JsonSchema, standIn: StandIn): JsonSchema {
  const { anyOf, pattern, minLength = 0, maxLength, ...rest } = schema;
  if (anyOf !== undefined) {
    const widened = (each: JsonSchema): JsonSchema => (each.pattern === undefined ? each : orStandIn(each, standIn));
    return { ...schema, anyOf: anyOf.map(widened) };
  }
  if (![schema.type].flat().includes('string')) return schema;
  if (schema.enum !== undefined || schema.const !== undefined) {
    const { description, default: by, ...listed } = schema;
    return {
      ...(description === undefined ? {} : { description }),
      ...(by === undefined ? {} : { default: by }),
      anyOf: [listed, { ...standIn, type: 'string' }],
    };
  }
  const limits = `{${minLength},${maxLength ?? ''}}`;
  if (pattern === undefined) {
    const words = `${maxLength === undefined ? 'At least' : 'At most'} ${maxLength ?? minLength} characters.`;
    return { ...rest, pattern: String.raw`^[\s\S]${limits}$|${standIn.pattern}`, patternErrorMessage: words };
  }
  const limited = limits === '{0,}' ? pattern : String.raw`^(?=[\s\S]${limits}$)(?:${pattern})`;
  return { ...rest, pattern: `${limited}|${standIn.pattern}` };
}

const DURATIONS = {
  ms: ['500ms', '2s'],
  s: ['10s', '2500ms'],
  m: ['5m', '90s'],
  h: ['1h', '90m'],
  d: ['30d', '12h'],
} as const;

/** A text with a unit, as `duration()` reads it; its bounds are for the loader. */
export function asDuration(schema: JsonSchema, { least, most, usually }: Bounds): JsonSchema {
  const examples = DURATIONS[usually].filter((each) => {
    const ms = readDuration(each) ?? 0;
    return ms >= least && ms <= most;
  });
  const written = String.raw`\d{1,9}(?:\.\d{1,3})?(?:ms|s|m|h|d)`;
  const pattern = String.raw`^\s*(?:${least > 0 ? written : `${written}|0`})\s*$`;
  return { ...schema, type: 'string', pattern, examples };
}

/** A 0 needs no unit. */
export function orZero({ type, pattern, errorMessage, ...rest }: JsonSchema): JsonSchema {
  const withUnit = { ...(type === undefined ? {} : { type }), ...(pattern === undefined ? {} : { pattern }) };
  const message = errorMessage === undefined ? {} : { errorMessage };
  return {
    ...rest,
    anyOf: [
      { ...withUnit, ...message },
      { description: 'None.', type: 'integer', const: 0 },
    ],
  };
}

/** Words to offer, for a schema that reads them in any case. */
export function inAnyCase(schema: JsonSchema, words: readonly string[]): JsonSchema {
  const { type: _type, errorMessage: _message, pattern, patternErrorMessage: _refused, ...rest } = schema;
  const anyCase = words.map((word) => word.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`));
  const others = [`^(?:${anyCase.join('|')})$`, ...(pattern === undefined ? [] : [REFERENCE.pattern])];
  const spelled = { description: 'In any spelling.', type: 'string', pattern: others.join('|') };
  return { ...rest, anyOf: [{ type: 'string', enum: words }, spelled] };
}
