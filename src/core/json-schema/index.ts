/** THE list of published JSON Schemas: what editors, `dialproof schema` and new projects get follows from it. */
import { scenarioFileSchema } from '../scenario/scenario-schema.ts';
import { callflowDocument } from './callflow-document.ts';
import { fromZod } from './from-zod.ts';
import type { JsonSchema } from './json-schema.ts';
import { promptsDocument } from './prompts-document.ts';

interface Published {
  readonly title: string;
  /** Which files of a project it is for, as editors match them. */
  readonly files: string;
  /** Made when it is asked for: it takes longer than most commands. */
  readonly schema: () => JsonSchema;
}

export const SCHEMAS = {
  callflow: { title: 'Dialproof callflow', files: 'callflows/*.yaml', schema: callflowDocument },
  prompts: { title: 'Dialproof prompts', files: 'prompts/*/*.yaml', schema: promptsDocument },
  scenarios: {
    title: 'Dialproof scenarios',
    files: 'test/calls/*.yaml',
    schema: () => fromZod(scenarioFileSchema, { references: false }),
  },
} as const satisfies Readonly<Record<string, Published>>;

export type SchemaName = keyof typeof SCHEMAS;

export const SCHEMA_NAMES = Object.keys(SCHEMAS) as readonly SchemaName[];

/** The file that one of them is published as. */
export function schemaFile(name: SchemaName): string {
  return `${name}.schema.json`;
}

/** One of them as the text of its file. */
export function schemaText(name: SchemaName): string {
  const { title, schema } = SCHEMAS[name];
  const document = { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema() };
  return `${JSON.stringify(document, null, 2)}\n`;
}
