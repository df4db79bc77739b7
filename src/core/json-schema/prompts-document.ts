import { promptFileSchema } from '../call/prompts.ts';
import { METHODS } from '../method.ts';
import { fromZod } from './from-zod.ts';
import type { JsonSchema } from './json-schema.ts';

/** The texts of a prompt that have a meaning of their own; the other names are targets of a menu. */
const TEXTS: Readonly<Record<string, string>> = {
  ask: 'The question, the first time.',
  again: 'The question after a silence, a wrong key or star: shorter.',
  help: 'Said before the question, from the second silence or wrong key on.',
  ...Object.fromEntries(
    METHODS.map((method) => [
      method,
      `In place of ask once ${method} is chosen; where methods are chosen, what this one is called.`,
    ]),
  ),
};

/** Prompt files, with the texts to offer in each prompt. */
export function promptsDocument(): JsonSchema {
  const file = fromZod(promptFileSchema, { references: false });
  const { prompts } = file.properties ?? {};
  const prompt = prompts?.additionalProperties;
  if (prompt === undefined || prompt === false) return file;
  const description = 'One text, or several by name: ask, again, help, a method, or where a key of the menu leads.';
  const additionalProperties = { description, ...offered(prompt) };
  return { ...file, properties: { ...file.properties, prompts: { ...prompts, additionalProperties } } };
}

/** The same with the texts offered wherever their names are free. */
function offered(prompt: JsonSchema): JsonSchema {
  const { additionalProperties: text, then: yes, else: no } = prompt;
  if (yes !== undefined && no !== undefined) return { ...prompt, then: offered(yes), else: offered(no) };
  if (typeof text !== 'object') return prompt;
  const properties = Object.entries(TEXTS).map(([name, description]) => [name, { description, ...text }] as const);
  return { ...prompt, properties: { ...Object.fromEntries(properties), ...prompt.properties } };
}
