import type { Callflow } from './callflow.ts';
import { CALLFLOW_VARIABLES, referencesIn } from './environment.ts';
import type { Source } from './load.ts';
import type { YamlFile, YamlValue } from './yaml.ts';

export type Written = Readonly<Record<string, YamlValue>>;

/** A callflow for people to look at: addresses and numbers stand as the file has them, `${AGENT_NUMBER}` and all. */
export interface CallflowAsWritten {
  readonly callflow: Callflow;
  readonly exits: Readonly<Record<string, Written>>;
  readonly services: Readonly<Record<string, Written>>;
}

export function asWritten(file: { readonly callflow: Callflow; readonly yaml: YamlFile }): CallflowAsWritten {
  const written = mapIn(file.yaml.value);
  const entries = (key: string): Record<string, Written> =>
    Object.fromEntries(Object.entries(mapIn(written[key])).map(([name, value]) => [name, mapIn(value)]));
  return { callflow: file.callflow, exits: entries('exits'), services: entries('services') };
}

/**
 * A value for every name that the files refer to: with it all exits lead somewhere, on every machine alike. For running
 * callflows that have been checked without an environment; no rule about values would pass it.
 */
export function anyEnvironment(sources: readonly Source[]): Readonly<Record<string, string>> {
  const names = [...CALLFLOW_VARIABLES, ...sources.flatMap(({ text }) => referencesIn(text))];
  return Object.fromEntries(names.map((name) => [name, 'https://example.invalid/']));
}

function mapIn(value: YamlValue | undefined): Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Written) : {};
}
