import type { Edge } from '../graph.ts';
import type { YamlFile, YamlValue } from '../yaml.ts';

/**
 * The path of the place where a name stands as a value, for the caret: first under `at`, then in the settings, where
 * the paths come from that a block does not write itself. `but` is a key whose value is no target.
 */
export function whereWritten(
  yaml: YamlFile,
  wanted: string,
  options: { readonly at: readonly PropertyKey[]; readonly but?: string },
): readonly PropertyKey[] {
  const { at, but } = options;
  return (
    search(yaml.value, { under: at, wanted, ...(but === undefined ? {} : { but }) }) ??
    search(yaml.value, { under: ['settings'], wanted }) ??
    at
  );
}

/** The path of the place where the target of an arrow stands, for the caret; several arrows may have the same target. */
export function whereLed(yaml: YamlFile, edge: Edge): readonly PropertyKey[] {
  return ownPlace(yaml, edge) ?? whereWritten(yaml, edge.to, { at: ['blocks', edge.from] });
}

/** Undefined where the block does not write the arrow's path: it follows another one, or the settings. */
export function ownPlace(yaml: YamlFile, { from, path, to }: Edge): readonly PropertyKey[] | undefined {
  const places = [['paths', path], ['keys', path], [path, 'then'], [path]].map((keys) => ['blocks', from, ...keys]);
  return places.find((place) => valueAt(yaml.value, place) === to);
}

function search(
  root: YamlValue,
  place: { readonly under: readonly PropertyKey[]; readonly wanted: string; readonly but?: string },
): readonly PropertyKey[] | null {
  const { under, wanted, but } = place;
  const value = valueAt(root, under);
  if (value === wanted) return under;
  if (typeof value !== 'object' || value === null) return null;
  for (const key of Object.keys(value)) {
    if (key === but) continue;
    const found = search(root, { under: [...under, Array.isArray(value) ? Number(key) : key], wanted });
    if (found !== null) return found;
  }
  return null;
}

/** What is written at a path; undefined where nothing is. */
export function valueAt(root: YamlValue, path: readonly PropertyKey[]): YamlValue | undefined {
  let value: YamlValue | undefined = root;
  for (const key of path) value = (value as Record<PropertyKey, YamlValue> | null | undefined)?.[key];
  return value;
}

/** The first of the paths at which something is written. */
export function firstWritten(yaml: YamlFile, paths: readonly (readonly PropertyKey[])[]): readonly PropertyKey[] {
  return paths.find((path) => valueAt(yaml.value, path) !== undefined) ?? [];
}
