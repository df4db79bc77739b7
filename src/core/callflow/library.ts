import { loadWordings, type Wordings } from '../call/prompts.ts';
import type { Library } from '../call/step.ts';
import type { Callflow } from './callflow.ts';
import { checkLinks } from './check/links.ts';
import { checkPrompts } from './check/prompts.ts';
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
  const standard = loadStandard(sources, findings);
  if (!standard.has(options.defaultLocale)) findings.push(noStandardPrompts(options.defaultLocale));
  const callflows = new Map<string, { readonly callflow: Callflow; readonly source: Source }>();
  for (const source of sources.callflows) {
    const loaded = loadCallflow(source, options.environment);
    findings.push(...loaded.findings);
    if (loaded.callflow === null) continue;
    const twin = callflows.get(loaded.callflow.name);
    if (twin !== undefined) findings.push(sameName(loaded.callflow.name, source, twin.source));
    callflows.set(loaded.callflow.name, { callflow: loaded.callflow, source });
  }
  const names = new Map([...callflows].map(([name, { callflow }]) => [name, callflow]));
  const flows: Flow[] = [];
  for (const { callflow, source } of callflows.values()) {
    const file = readYaml(source.file, source.text);
    const wordings = new Map<string, Wordings>(standard);
    const own = sources.prompts.filter((each) => each.callflow === callflow.name);
    for (const prompts of own) {
      const loaded = loadWordings(prompts, standard.get(prompts.locale) ?? null);
      findings.push(...loaded.findings);
      if (loaded.wordings === null) continue;
      wordings.set(prompts.locale, loaded.wordings);
      findings.push(...checkPrompts(callflow, loaded.wordings, (path) => file.place(path)));
    }
    if (!own.some((each) => each.locale === options.defaultLocale)) {
      const base = standard.get(options.defaultLocale);
      if (base !== undefined) findings.push(...checkPrompts(callflow, base, (path) => file.place(path)));
    }
    findings.push(...checkLinks(callflow, names, (path) => file.place(path)));
    flows.push(
      compile(callflow, { revision: options.digest([source.text, ...own.map((each) => each.text)]), wordings }),
    );
  }
  if (findings.some((finding) => finding.severity === 'error')) return { library: null, findings };
  const agent = options.environment['AGENT_NUMBER'] ?? '';
  return { library: new LoadedLibrary(flows, { standard, defaultLocale: options.defaultLocale, agent }), findings };
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

function loadStandard(sources: LibrarySources, findings: Finding[]): Map<string, Wordings> {
  const standard = new Map<string, Wordings>();
  for (const source of sources.prompts.filter((each) => each.callflow === STANDARD)) {
    const loaded = loadWordings(source, null);
    findings.push(...loaded.findings);
    if (loaded.wordings !== null) standard.set(source.locale, loaded.wordings);
  }
  return standard;
}

function noStandardPrompts(locale: string): Finding {
  return {
    code: 'CF304',
    severity: 'error',
    message: `There are no standard prompts in ${locale}, the default language.`,
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
