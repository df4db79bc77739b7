/** The callflows that come inside Dialproof, for files that only have settings (`use: builtin/two-factor`). */
import { TWO_FACTOR } from './two-factor.ts';

export const BUILTINS: ReadonlyMap<string, string> = new Map([['two-factor', TWO_FACTOR]]);

const PREFIX = 'builtin/';

/** What `use:` may say. */
export const USES: readonly string[] = [...BUILTINS.keys()].map((name) => `${PREFIX}${name}`);

/** The name of the built-in callflow that a `use:` means. */
export function builtinName(use: string): string {
  return use.slice(PREFIX.length);
}
