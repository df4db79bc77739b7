import { KEYS, type Key } from '../../blocks/verb.ts';
import type { CallflowFile } from '../project.ts';
import { valueAt } from './written.ts';

/** A menu and the keys that it writes down itself, in the order in which callers hear them. */
export interface WrittenMenu {
  /** Where its keys stand in the file. */
  readonly at: readonly PropertyKey[];
  readonly keys: readonly { readonly key: Key; readonly to: string }[];
}

export function menusOf({ callflow, yaml }: CallflowFile): readonly WrittenMenu[] {
  return [...callflow.blocks.values()].flatMap(({ name, verb }) => {
    if (verb !== 'menu') return [];
    const at = ['blocks', name, 'keys'];
    const keys = KEYS.flatMap((key) => {
      const to = valueAt(yaml.value, [...at, key]);
      return typeof to === 'string' ? [{ key, to }] : [];
    });
    return [{ at, keys }];
  });
}
