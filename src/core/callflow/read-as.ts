import type { z } from 'zod';

/** What was written, as the schema has it. A file is read once, and for that zod need not compile the schema. */
export function readAs<Schema extends z.ZodType>(
  schema: Schema,
  written: unknown,
): z.ZodSafeParseResult<z.output<Schema>> {
  return schema.safeParse(written, { jitless: true });
}
