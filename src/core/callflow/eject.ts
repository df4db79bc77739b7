import { isMap, parseDocument, type Document, type YAMLMap } from 'yaml';
import { BUILTINS, builtinName } from './builtin/index.ts';

/**
 * The full blocks of a file that only has settings (`use:`), identical in behaviour: the built-in text with its
 * comments, and what the file writes in its place. The file has been loaded without findings; null where it has no `use`.
 */
export function eject(text: string): string | null {
  const written = parseDocument(text, { stringKeys: true });
  const use = written.get('use');
  const builtin = typeof use === 'string' ? BUILTINS.get(builtinName(use)) : undefined;
  if (builtin === undefined || !isMap(written.contents)) return null;
  const full = parseDocument(builtin, { stringKeys: true });
  let isChanged = false;
  for (const { key, value } of written.contents.items) {
    const name = String(key);
    if (name === 'use' || (name === 'callflow' && full.get(name) === String(value))) continue;
    isChanged = true;
    if (name === 'exits') for (const exit of (value as YAMLMap).items) full.setIn([name, String(exit.key)], exit.value);
    else put(full, [name], value);
  }
  // Writing a document anew moves its comments about.
  return isChanged ? full.toString({ lineWidth: 0, flowCollectionPadding: true }) : builtin;
}

/** Maps are put over each other name by name, everything else in place of what was there. */
function put(full: Document, path: readonly string[], value: unknown): void {
  const merges = path[0] === 'settings' || path[0] === 'services';
  if (!merges || !isMap(value) || !isMap(full.getIn(path))) full.setIn(path, value);
  else for (const inner of value.items) put(full, [...path, String(inner.key)], inner.value);
}
