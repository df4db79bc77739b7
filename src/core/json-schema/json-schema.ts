/** A JSON Schema (draft-07) with the keywords that are used here; the last ones are those of the YAML language server. */
export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly propertyNames?: JsonSchema;
  readonly minProperties?: number;
  readonly anyOf?: readonly JsonSchema[];
  readonly if?: JsonSchema;
  readonly then?: JsonSchema;
  readonly else?: JsonSchema;
  readonly examples?: readonly unknown[];
  readonly markdownDescription?: string;
  readonly enumDescriptions?: readonly string[];
  readonly errorMessage?: string;
  readonly patternErrorMessage?: string;
  readonly defaultSnippets?: readonly Snippet[];
}

/** Something that an editor offers to write; `${1:name}` in it are places to go on from. */
export interface Snippet {
  readonly label: string;
  readonly description: string;
  readonly body: unknown;
}
