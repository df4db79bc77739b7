import { loadWordings, type Wordings } from '../call/prompts.ts';
import type { Library } from '../call/step.ts';
import type { Callflow } from './callflow.ts';
import { checkLinks } from './check/links.ts';
import { checkPrompts, checkStandardPrompts } from './check/prompts.ts';
import { compile, type Flow } from './compile.ts';
import type { Finding } from './finding.ts';
import { loadCallflow, type Source } from './load.ts';
import { readYaml } from './yaml.ts';

/** The prompt file that holds what every callflow needs in a locale. */
const STANDARD = 'standard';

export interface LibrarySources {
  readonly callflows: readonly Source[];
  /** `callflow` is the file's name without its ending, or `standard`. */
  readonly prompts: readonly (Source & { readonly locale: string; readonly callflow: string })[];
}

export interface LibraryOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly defaultLocale: string;
  /** Names a revision by the texts that it is made of. */
  readonly digest: (texts: readonly string[]) => string;
}

/** Reads all callflows and prompts. With any error there is no library, and the findings say what to mend. */
export function loadLibrary(
  sources: LibrarySources,
  options: LibraryOptions,
): { readonly library: LoadedLibrary | null; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const locales = loadLocales(sources, options.defaultLocale, findings);
  const { callflows, mayBeUnread } = loadCallflows(sources, options, findings);
  const read = new Map([...callflows].map(([name, { callflow }]) => [name, callflow]));
  const flows: Flow[] = [];
  for (const { callflow, source } of callflows.values()) {
    const file = readYaml(source.file, source.text);
    const own = sources.prompts.filter((each) => each.callflow === callflow.name);
    const wordings = new Map<string, Wordings>();
    for (const [locale, standard] of locales) {
      const prompts = own.find((each) => each.locale === locale);
      // A callflow speaks the languages that it has a prompt file for, and the default one.
      if (prompts === undefined && locale !== options.defaultLocale) continue;
      const loaded = prompts === undefined ? { wordings: standard, findings: [] } : loadWordings(prompts, standard);
      findings.push(...loaded.findings);
      if (loaded.wordings === null || standard === null) continue;
      wordings.set(locale, loaded.wordings);
      findings.push(...checkPrompts(callflow, loaded.wordings, file));
    }
    findings.push(...checkLinks(callflow, { read, mayBeUnread }, file));
    flows.push(
      compile(callflow, { revision: options.digest([source.text, ...own.map((each) => each.text)]), wordings }),
    );
  }
  if (findings.some((finding) => finding.severity === 'error')) return { library: null, findings };
  const standard = new Map([...locales].flatMap(([locale, each]) => (each === null ? [] : [[locale, each] as const])));
  const agent = options.environment['AGENT_NUMBER'] ?? '';
  return { library: new LoadedLibrary(flows, { standard, defaultLocale: options.defaultLocale, agent }), findings };
}

type Read = { readonly callflow: Callflow; readonly source: Source };

function loadCallflows(sources: LibrarySources, options: LibraryOptions, findings: Finding[]) {
  const callflows = new Map<string, Read>();
  const unread = new Set<string | null>();
  for (const source of sources.callflows) {
    const { name, callflow, findings: found } = loadCallflow(source, options.environment);
    findings.push(...found);
    if (callflow === null) {
      unread.add(name);
      continue;
    }
    const twin = callflows.get(callflow.name);
    if (twin !== undefined) findings.push(sameName(callflow.name, source, twin.source));
    callflows.set(callflow.name, { callflow, source });
  }
  return { callflows, mayBeUnread: (name: string) => unread.has(name) || unread.has(null) };
}

/** Callflows by name and revision. */
export class LoadedLibrary implements Library {
  readonly standard: ReadonlyMap<string, Wordings>;
  readonly defaultLocale: string;
  readonly agent: string;
  private readonly newest: ReadonlyMap<string, Flow>;

  constructor(flows: readonly Flow[], shared: Pick<Library, 'standard' | 'defaultLocale' | 'agent'>) {
    this.newest = new Map(flows.map((flow) => [flow.callflow.name, flow]));
    this.standard = shared.standard;
    this.defaultLocale = shared.defaultLocale;
    this.agent = shared.agent;
  }

  /** In the order of their names. */
  get flows(): readonly Flow[] {
    return [...this.newest.values()].sort((a, b) => (a.callflow.name < b.callflow.name ? -1 : 1));
  }

  flow(callflow: string, revision?: string): Flow | undefined {
    const flow = this.newest.get(callflow);
    return revision === undefined || flow?.revision === revision ? flow : undefined;
  }
}

/** The standard prompts of every locale that has prompts; null where they could not be read. */
function loadLocales(
  sources: LibrarySources,
  defaultLocale: string,
  findings: Finding[],
): ReadonlyMap<string, Wordings | null> {
  const locales = new Map<string, Wordings | null>();
  for (const locale of new Set([defaultLocale, ...sources.prompts.map((each) => each.locale)])) {
    const source = sources.prompts.find((each) => each.callflow === STANDARD && each.locale === locale);
    const loaded = source === undefined ? null : loadWordings(source, null);
    if (source === undefined || loaded === null) findings.push(noStandardPrompts(locale));
    else {
      findings.push(...loaded.findings);
      if (loaded.wordings !== null) findings.push(...checkStandardPrompts(loaded.wordings, source.file));
    }
    locales.set(locale, loaded?.wordings ?? null);
  }
  return locales;
}

function noStandardPrompts(locale: string): Finding {
  return {
    code: 'CF304',
    severity: 'error',
    message: `There are no standard prompts in ${locale}.`,
    fix: `Add prompts/${locale}/${STANDARD}.yaml, or set DEFAULT_LOCALE to a language that has one.`,
    at: { file: `prompts/${locale}/${STANDARD}.yaml`, line: 1, column: 1 },
  };
}

function sameName(name: string, source: Source, twin: Source): Finding {
  return {
    code: 'CF208',
    severity: 'error',
    message: `Two files are the callflow "${name}": this one and ${twin.file}.`,
    fix: 'Give one of them another name in its first line.',
    at: { file: source.file, line: 1, column: 1 },
  };
}
