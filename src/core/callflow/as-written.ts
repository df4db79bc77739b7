import type { Callflow } from './callflow.ts';
import { referencesIn } from './environment.ts';
import type { Finding } from './finding.ts';
import { loadCallflow, type Source } from './load.ts';
import { readYaml, type YamlValue } from './yaml.ts';

export type Written = Readonly<Record<string, YamlValue>>;

/** A callflow for people to look at: addresses and numbers stand as the file has them, `${AGENT_NUMBER}` and all. */
export interface CallflowAsWritten {
  readonly callflow: Callflow;
  readonly exits: Readonly<Record<string, Written>>;
  readonly services: Readonly<Record<string, Written>>;
}

/** Reads a callflow without the environment, so that what is shown of it is the same on every machine. */
export function loadAsWritten(source: Source): {
  /** As the file says, also when it has errors; null when not even that can be read. */
  readonly name: string | null;
  /** Null when there are errors. */
  readonly written: CallflowAsWritten | null;
  readonly findings: readonly Finding[];
} {
  const { name, callflow, findings } = loadCallflow(source, anyEnvironment([source]));
  if (callflow === null) return { name, written: null, findings };
  const file = mapIn(readYaml(source.file, source.text).value);
  const entries = (key: string): Record<string, Written> =>
    Object.fromEntries(Object.entries(mapIn(file[key])).map(([each, value]) => [each, mapIn(value)]));
  return { name, written: { callflow, exits: entries('exits'), services: entries('services') }, findings };
}

/** A value for every name that the files refer to; it passes for an address and for something to dial. */
export function anyEnvironment(sources: readonly Source[]): Readonly<Record<string, string>> {
  const names = ['AGENT_NUMBER', ...sources.flatMap(({ text }) => referencesIn(text))];
  return Object.fromEntries(names.map((name) => [name, 'https://example.invalid/']));
}

function mapIn(value: YamlValue | undefined): Written {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Written) : {};
}
