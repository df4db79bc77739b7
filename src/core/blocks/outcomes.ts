import type { z } from 'zod';

/**
 * Another way to write the paths of a verb: by the outcome names of the OTP-node reference (L48). What is written so is
 * read into the same body, so that everything but its names is the same.
 */
export interface OutcomeForm<B extends object = object> {
  readonly schema: z.ZodType<B>;
  /** By our own name of a path: the outcome that pictures show in its place. */
  readonly names: Readonly<Record<string, string>>;
}

/** Whether the paths of a block are written by outcome names: one of them is enough, for the two forms do not mix. */
export function namesOutcomes(body: { readonly [key: string]: unknown }): boolean {
  const { paths } = body;
  return (
    typeof paths === 'object' && paths !== null && Object.keys(paths).some((path) => /^[A-Z]+(?:_[A-Z]+)*$/.test(path))
  );
}
