import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { parse } from 'yaml';
import { SCHEMAS, type SchemaName } from '../../../src/core/json-schema/index.ts';

/** Keywords that only editors know; a misspelt one is none of them, and Ajv refuses it. */
const EDITORS_OWN = [
  'defaultSnippets',
  'enumDescriptions',
  'errorMessage',
  'markdownDescription',
  'patternErrorMessage',
];

/** The published schemas, read as any draft-07 validator does, each strictly. */
export function published(): Readonly<Record<SchemaName, ValidateFunction>> {
  const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
  ajv.addVocabulary(EDITORS_OWN);
  const compiled = (Object.keys(SCHEMAS) as SchemaName[]).map((name) => [
    name,
    ajv.compile(JSON.parse(readFileSync(`schema/${name}.schema.json`, 'utf8')) as object),
  ]);
  return Object.fromEntries(compiled) as Record<SchemaName, ValidateFunction>;
}

/** What an editor would underline in a file, one line each; editors take `012345` for a number, as YAML does. */
export function underlined(validate: ValidateFunction, text: string): readonly string[] {
  validate(parse(text));
  // The keywords that only lead to the others say nothing themselves.
  return (validate.errors ?? []).filter(({ keyword }) => !['if', 'anyOf'].includes(keyword)).map(told);
}

function told({ instancePath, message = '', params }: ErrorObject): string {
  const { additionalProperty } = params as { readonly additionalProperty?: string };
  return `${instancePath} ${message}${additionalProperty === undefined ? '' : `: ${additionalProperty}`}`;
}
