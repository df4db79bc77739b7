import type { Wordings } from '../call/prompts.ts';
import type { Library } from '../call/step.ts';
import { checkProject } from './check/index.ts';
import { compile, type Flow } from './compile.ts';
import type { Finding } from './finding.ts';
import { readProject, type LibrarySources, type Project, type ProjectOptions } from './project.ts';

export type { LibrarySources } from './project.ts';

export interface LibraryOptions extends ProjectOptions {
  /** Names a revision by the texts that it is made of. */
  readonly digest: (texts: readonly string[]) => string;
}

/** Reads all callflows and prompts. With any error there is no library, and the findings say what to mend. */
export function loadLibrary(
  sources: LibrarySources,
  options: LibraryOptions,
): { readonly library: LoadedLibrary | null; readonly findings: readonly Finding[] } {
  const { project, findings: unreadable } = readProject(sources, options);
  const findings = [...unreadable, ...checkProject(project)];
  if (findings.some((finding) => finding.severity === 'error')) return { library: null, findings };
  return { library: compileProject(project, sources, options), findings };
}

/** The library of files that are known to be right: of unchecked ones, calls may end by faults. */
export function compileProject(project: Project, sources: LibrarySources, options: LibraryOptions): LoadedLibrary {
  const flows = [...project.callflows.values()].map(({ callflow, source, wordings }) => {
    const prompts = sources.prompts.filter((each) => each.callflow === callflow.name);
    const revision = options.digest([source.text, ...prompts.map((each) => each.text)]);
    return compile(callflow, { revision, wordings });
  });
  const standard = new Map(
    [...project.standard].flatMap(([locale, file]) => (typeof file === 'string' ? [] : [[locale, file.wordings]])),
  );
  const agent = options.environment['AGENT_NUMBER'] ?? '';
  return new LoadedLibrary(flows, { standard, defaultLocale: options.defaultLocale, agent });
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
