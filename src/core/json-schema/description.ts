import { formatDuration, unitsWithin, type Bounds } from '../duration.ts';
import type { JsonSchema } from './json-schema.ts';

/** What a schema says about itself by `.meta()`, besides the keywords of JSON Schema. */
export interface Hints {
  /** What the reference document calls it. */
  readonly label?: string;
  /** What holds where it is not written, in words. */
  readonly usually?: string;
  /** The words that are possible, where the schema reads them in any case. */
  readonly words?: readonly string[];
  /** Values to offer; `examples` do not survive a transformation. */
  readonly samples?: readonly unknown[];
  readonly duration?: Bounds;
  /** It may be `<name>`, which an example fills. */
  readonly fill?: boolean;
}

/** Label, meaning, default and bounds, a paragraph each: what an editor shows beside the key. */
export function described(schema: JsonSchema, { label, usually, duration }: Hints): string {
  const by = usually ?? written(schema.default);
  const { type, minimum = 0, maximum = Number.MAX_SAFE_INTEGER, maxLength, pattern } = schema;
  const bounds =
    duration !== undefined
      ? `Possible: ${duration.least === 0 ? '0' : formatDuration(duration.least)} to ${formatDuration(duration.most)}, with its unit (${unitsWithin(duration)}).`
      : type === 'integer' && maximum < Number.MAX_SAFE_INTEGER
        ? `Possible: ${minimum} to ${maximum}.`
        : maxLength !== undefined && pattern === undefined
          ? `Possible: up to ${maxLength} characters.`
          : '';
  const facts = [by === '' ? '' : `Default: ${by}.`, bounds].filter((each) => each !== '').join(' ');
  const paragraphs = [label === undefined ? '' : `"${label}"`, schema.description ?? '', facts];
  return paragraphs.filter((each) => each !== '').join('\n\n');
}

function written(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '' : `[${value.join(', ')}]`;
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '';
}
