import { builtinName, USES } from './builtin/index.ts';
import type { Finding } from './finding.ts';
import { readYaml, type YamlFile, type YamlValue } from './yaml.ts';

type YamlMap = { readonly [key: string]: YamlValue };

/** What a file with `use:` leaves to the callflow that it uses. */
const NOT_ITS_OWN = ['start', 'blocks'] as const;

/**
 * A file that only has settings, as the whole callflow that it stands for: what it writes lies over what the built-in
 * one has, settings and services name by name, exits each as a whole. Any other file is left as it is.
 */
export function withBuiltin(
  file: YamlFile,
  builtins: ReadonlyMap<string, string>,
): { readonly file: YamlFile; readonly findings: readonly Finding[] } {
  const { value } = file;
  if (!isMap(value) || typeof value['use'] !== 'string') return { file, findings: [] };
  // Of one that there is not, the schema speaks; nothing else is missing because of it.
  const [first = ''] = USES;
  const use = USES.includes(value['use']) ? value['use'] : first;
  const findings = NOT_ITS_OWN.filter((key) => Object.hasOwn(value, key)).map((key): Finding => ({
    code: 'CF106',
    severity: 'error',
    message: `"${key}" does not go with \`use: ${use}\`: that callflow has its own.`,
    fix: `Remove it, or write the blocks out with: npx dialproof eject ${nameIn(value)}`,
    at: file.placeOfKey([key]),
  }));
  // A file has a name of its own, or none.
  const { callflow: _name, ...builtin } = readYaml(use, builtins.get(builtinName(use)) ?? '').value as YamlMap;
  const merged: YamlMap = {
    ...builtin,
    ...value,
    settings: over(builtin['settings'], value['settings']),
    services: over(builtin['services'], value['services']),
    exits: isMap(value['exits'])
      ? { ...(builtin['exits'] as YamlMap), ...value['exits'] }
      : (value['exits'] ?? builtin['exits'] ?? null),
    ...Object.fromEntries(NOT_ITS_OWN.map((key) => [key, builtin[key] ?? null])),
  };
  // What stands in the built-in callflow has no place in this file but the line that uses it.
  const own = (path: readonly PropertyKey[]): readonly PropertyKey[] =>
    path.length === 0 || Object.hasOwn(value, path[0] ?? '') ? path : ['use'];
  return {
    file: {
      ...file,
      value: merged,
      place: (path) => file.place(own(path)),
      placeOfKey: (path) => file.placeOfKey(own(path)),
    },
    findings,
  };
}

function nameIn({ callflow }: YamlMap): string {
  return typeof callflow === 'string' ? callflow : '<callflow>';
}

/** Names of the upper one in place of those of the lower one, as deep as both are maps. */
function over(lower: YamlValue | undefined, upper: YamlValue | undefined): YamlValue {
  if (upper === undefined) return lower ?? null;
  if (!isMap(lower) || !isMap(upper)) return upper;
  return {
    ...lower,
    ...Object.fromEntries(Object.entries(upper).map(([key, value]) => [key, over(lower[key], value)])),
  };
}

function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
