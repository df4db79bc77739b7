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

function search(
  root: YamlValue,
  place: { readonly under: readonly PropertyKey[]; readonly wanted: string; readonly but?: string },
): readonly PropertyKey[] | null {
  const { under, wanted, but } = place;
  let value: YamlValue | undefined = root;
  for (const key of under) value = (value as Record<PropertyKey, YamlValue> | null | undefined)?.[key];
  if (value === wanted) return under;
  if (typeof value !== 'object' || value === null) return null;
  for (const key of Object.keys(value)) {
    if (key === but) continue;
    const found = search(root, { under: [...under, Array.isArray(value) ? Number(key) : key], wanted });
    if (found !== null) return found;
  }
  return null;
}
