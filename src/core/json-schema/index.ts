/** THE list of published JSON Schemas: what editors, `dialproof schema` and new projects get follows from it. */
import { scenarioFileSchema } from '../scenario/scenario-schema.ts';
import { callflowDocument } from './callflow-document.ts';
import { fromZod } from './from-zod.ts';
import type { JsonSchema } from './json-schema.ts';
import { promptsDocument } from './prompts-document.ts';

interface Published {
  readonly title: string;
  /** Made when it is asked for: it takes longer than most commands. */
  readonly schema: () => JsonSchema;
}

export const SCHEMAS = {
  callflow: { title: 'Dialproof callflow', schema: callflowDocument },
  prompts: { title: 'Dialproof prompts', schema: promptsDocument },
  scenarios: { title: 'Dialproof scenarios', schema: () => fromZod(scenarioFileSchema, { references: false }) },
} as const satisfies Readonly<Record<string, Published>>;

export type SchemaName = keyof typeof SCHEMAS;

/** One of them as the text of its file, `<name>.schema.json`. */
export function schemaText(name: SchemaName): string {
  const { title, schema } = SCHEMAS[name];
  const document = { $schema: 'http://json-schema.org/draft-07/schema#', title, ...schema() };
  return `${JSON.stringify(document, null, 2)}\n`;
}
