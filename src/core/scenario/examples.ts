import type { YamlValue } from '../callflow/yaml.ts';

export type YamlMap = { readonly [key: string]: YamlValue };

/** The parts of a scenario whose places are filled. */
const FILLED: readonly string[] = ['name', 'given', 'call', 'ends'];
/** What is no place there: the document that a service answers has elements in angle brackets. */
const AS_WRITTEN = 'reply';
const PLACE = /<([a-z][a-z0-9-]*)>/g;

/** The scenarios of a file as they are written; none where that is not a list. */
export function scenariosIn(file: YamlValue): readonly YamlValue[] {
  const scenarios = isMap(file) ? file['scenarios'] : undefined;
  return Array.isArray(scenarios) ? (scenarios as readonly YamlValue[]) : [];
}

/** The examples of a scenario as they are written; what is no example is left out. */
export function examplesIn(scenario: YamlValue): readonly YamlMap[] {
  const examples = isMap(scenario) ? scenario['examples'] : undefined;
  return Array.isArray(examples) ? (examples as readonly YamlValue[]).filter(isMap) : [];
}

/** The scenario with the values of one example, as texts, in place of `<name>`. */
export function fill(scenario: YamlValue, example: YamlMap): YamlValue {
  const valueOf = (place: string, name: string): string => {
    const value = Object.hasOwn(example, name) ? example[name] : null;
    // What is no scalar is refused as an example, at its own place.
    return typeof value === 'object' ? place : String(value);
  };
  const filled = (value: YamlValue): YamlValue => {
    if (typeof value === 'string') return value.replaceAll(PLACE, valueOf);
    if (Array.isArray(value)) return (value as readonly YamlValue[]).map(filled);
    return isMap(value) ? mapped(value, (inner, key) => (key === AS_WRITTEN ? inner : filled(inner))) : value;
  };
  return isMap(scenario) ? mapped(scenario, (value, key) => (FILLED.includes(key) ? filled(value) : value)) : scenario;
}

/** Every `<name>` in a scenario, with where it stands. */
export function placesIn(
  scenario: YamlValue,
): readonly { readonly name: string; readonly path: readonly PropertyKey[] }[] {
  const inside = (value: YamlValue, path: readonly PropertyKey[]): { name: string; path: readonly PropertyKey[] }[] => {
    if (typeof value === 'string') return [...value.matchAll(PLACE)].map((match) => ({ name: match[1] ?? '', path }));
    if (Array.isArray(value))
      return (value as readonly YamlValue[]).flatMap((inner, index) => inside(inner, [...path, index]));
    const entries = isMap(value) ? Object.entries(value).filter(([key]) => key !== AS_WRITTEN) : [];
    return entries.flatMap(([key, inner]) => inside(inner, [...path, key]));
  };
  const written = isMap(scenario) ? scenario : {};
  return FILLED.flatMap((key) => inside(written[key] ?? null, [key]));
}

function mapped(map: YamlMap, change: (value: YamlValue, key: string) => YamlValue): YamlMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

function isMap(value: YamlValue | undefined): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
