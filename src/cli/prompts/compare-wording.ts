import { WordingFault } from '../../core/call/wording-fault.ts';
import { NODE, walk } from '../../core/call/wording-tree.ts';
import { readText } from '../../core/call/html-wording.ts';
import type { Wording } from '../../core/call/wording.ts';
import type { UnitName } from './unit.ts';

/** What stands against a translation, and what should be looked at. */
export interface Comparison {
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** A translation says what its source says: the same variables, the same tags, in MessageFormat that can be read. */
export function compareWording(
  unit: Pick<UnitName, 'kind' | 'prompt'> & { readonly source: string; readonly target: string },
  locales: { readonly from: string; readonly to: string },
): Comparison {
  // Names of keys are said as they stand.
  if (unit.prompt === 'key-names') return { errors: [], warnings: [] };
  try {
    const { kind, prompt: key, source, target } = unit;
    const has = namesIn(readText({ kind, key, written: source }, locales.from));
    const uses = namesIn(readText({ kind, key, written: target }, locales.to));
    return {
      errors: uses.filter((name) => !has.includes(name)).map((name) => `${name} is not in the text that is translated`),
      warnings: has.filter((name) => !uses.includes(name)).map((name) => `${name} is missing`),
    };
  } catch (error) {
    if (!(error instanceof WordingFault)) throw error;
    return { errors: [`it cannot be read: ${error.message} ${error.fix}`], warnings: [] };
  }
}

/** The names in a text that a translation keeps, as they are written: `{digits}`, `<digits>`. */
export function namesIn({ variables, tree }: Wording): readonly string[] {
  const tags = new Set<string>();
  walk(tree, ({ type, value = '' }) => void (type === NODE.tag && tags.add(value)));
  return [...variables.map((name) => `{${name}}`), ...[...tags].map((name) => `<${name}>`)];
}
