import type { z } from 'zod';
import type { YamlFile, YamlValue } from '../yaml.ts';

/** A value of a file that a schema looked at. */
export interface Subject {
  readonly file: YamlFile;
  /** All that is written, where the schema did not look at the file's own value. What the environment holds is not in it. */
  readonly written?: YamlValue;
  readonly schema: z.ZodType;
  /** Where the value stands in the file. */
  readonly at: readonly PropertyKey[];
  /** Where to read more; docs/callflows.md unless given. */
  readonly see?: string;
  /** Names of blocks and exits that are refused as names where they are given: who refers to them is right to. */
  readonly refused?: ReadonlySet<string>;
}

/** What is written at a path of the subject: undefined where nothing is, null for a name with nothing behind it. */
export function valueAt(
  { file, written = file.value, at }: Subject,
  path: readonly PropertyKey[],
): YamlValue | undefined {
  let value: YamlValue | undefined = written;
  for (const key of [...at, ...path]) value = (value as Record<PropertyKey, YamlValue> | null | undefined)?.[key];
  return value;
}
