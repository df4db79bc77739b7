import { CALLFLOW_VARIABLES, mayUse, referencesIn } from '../../../core/callflow/environment.ts';
import type { LoadedLibrary } from '../../../core/callflow/library.ts';
import { checkEnvironment, type RawEnvironment } from '../../environment.ts';
import { loadSources, type FolderSources } from '../../library-files.ts';
import type { LoopbackCompany } from './loopback-company.ts';

/** What a server of our own is started with, and the callflows as they are there. */
export interface OwnSettings {
  readonly raw: RawEnvironment;
  readonly library: LoadedLibrary;
}

/**
 * The operator's settings, but for all that leads outside: senders, web services and what is counted for everybody
 * together. Exits keep their addresses: nobody calls there.
 */
export function ownSettings(sources: FolderSources, raw: RawEnvironment, company: LoopbackCompany): OwnSettings {
  const named = sources.callflows.flatMap(({ text }) => referencesIn(text)).filter(mayUse);
  const names = [...new Set([...CALLFLOW_VARIABLES, ...named])];
  const isSet = (name: string): boolean => (raw[name] ?? '').trim() !== '';
  const numbers = names.filter((name) => !isSet(name) && name.endsWith('NUMBER'));
  const addresses = names.filter((name) => (isSet(name) ? /^https?:/i.test(raw[name] ?? '') : !numbers.includes(name)));
  const probed = { ...raw, ...each(numbers, () => AGENT), ...each(addresses, probe) };
  const services = addressesOf(load(sources, probed));
  const ofServices = addresses.filter((name) => services.some((address) => address.startsWith(probe(name))));
  const own = {
    ...raw,
    ...each(numbers, () => AGENT),
    ...each(addresses, (name) => (isSet(name) ? (raw[name] ?? '') : probe(name))),
    ...each(ofServices, (name) => company.serviceUrl(name)),
    ...each(COUNTED_TOGETHER, () => ''),
  };
  return { raw: own, library: load(sources, { ...own, ...company.settings([]) }) };
}

const AGENT = '+12025550199';
const COUNTED_TOGETHER = ['SENDS_PER_HOUR', 'SENDS_PER_PREFIX', 'SENDS_PER_COUNTRY', 'LOOKUPS_PER_CALLER'] as const;

function probe(name: string): string {
  return `https://${name.toLowerCase().replaceAll('_', '-')}.simulator.invalid`;
}

function addressesOf({ flows }: LoadedLibrary): readonly string[] {
  return flows.flatMap(({ callflow }) =>
    Object.values(callflow.services).flatMap(({ production = '', test = '' }) => [production, test]),
  );
}

function load(sources: FolderSources, environment: RawEnvironment): LoadedLibrary {
  const { DEFAULT_LOCALE: defaultLocale } = checkEnvironment(environment).environment;
  return loadSources(sources, { environment, defaultLocale });
}

function each(names: readonly string[], value: (name: string) => string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, value(name)]));
}
