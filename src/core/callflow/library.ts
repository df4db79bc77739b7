import type { Wordings } from '../call/prompts.ts';
import type { Library } from '../call/step.ts';
import type { AudioFile } from './audio-file.ts';
import { checkProject } from './check/index.ts';
import { compile, type Flow } from './compile.ts';
import type { Finding } from './finding.ts';
import { readProject, type LibrarySources, type Project, type ProjectOptions } from './project.ts';

export type { LibrarySources } from './project.ts';

/**
 * All that a library is made of but the environment and the bytes of recordings, as plain JSON: from it the same library
 * can be loaded again.
 */
export interface LibraryTexts extends LibrarySources {
  /** The built-in callflows that it uses, by name: another Dialproof may have others. */
  readonly builtins: Readonly<Record<string, string>>;
  readonly defaultLocale: string;
}

export interface LibraryOptions extends ProjectOptions {
  /** Names texts: others get another name. */
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
  return { library: compileProject(project, sources, { ...options, warnings: findings.length }), findings };
}

/** The library of files that are known to be right: of unchecked ones, calls may end by faults. */
export function compileProject(
  project: Project,
  sources: LibrarySources,
  options: LibraryOptions & { readonly warnings?: number },
): LoadedLibrary {
  const flows = [...project.callflows.values()].map(({ callflow, wordings }) => compile(callflow, { wordings }));
  const standard = new Map(
    [...project.standard].flatMap(([locale, file]) => (typeof file === 'string' ? [] : [[locale, file.wordings]])),
  );
  const agent = options.environment['AGENT_NUMBER'] ?? '';
  const texts = textsOf(project, sources);
  const revision = revisionOf(texts, options.digest);
  const { defaultLocale, warnings = 0 } = options;
  return new LoadedLibrary(flows, { revision, texts, standard, defaultLocale, agent, warnings });
}

function textsOf({ callflows, builtins, defaultLocale }: Project, sources: LibrarySources): LibraryTexts {
  const used = new Set([...callflows.values()].map(({ callflow }) => callflow.uses));
  return {
    callflows: sources.callflows,
    prompts: sources.prompts,
    builtins: Object.fromEntries([...builtins].filter(([name]) => used.has(name))),
    defaultLocale,
    ...(sources.audio === undefined ? {} : { audio: sources.audio.map(described) }),
  };
}

/** A recording by what is known of it; its bytes, which may come along, are not kept. */
function described({ file, name, locale, size, digest, kind }: AudioFile): AudioFile {
  return { file, name, locale, size, digest, kind };
}

/** Where the files lie, and in which order they were read, makes no other revision. */
function revisionOf(texts: LibraryTexts, digest: LibraryOptions['digest']): string {
  const { callflows, prompts, builtins, defaultLocale, audio = [] } = texts;
  const sorted = (of: readonly string[]): string => JSON.stringify(of.toSorted());
  return digest([
    defaultLocale,
    sorted(callflows.map(({ text }) => text)),
    sorted(prompts.map(({ locale, callflow, text }) => JSON.stringify([locale, callflow, text]))),
    sorted(Object.entries(builtins).map((entry) => JSON.stringify(entry))),
    ...(audio.length === 0 ? [] : [sorted(audio.map((each) => JSON.stringify([each.locale, each.name, each.digest])))]),
  ]);
}

/** Callflows by name. */
export class LoadedLibrary implements Library {
  readonly revision: string;
  readonly texts: LibraryTexts;
  readonly standard: ReadonlyMap<string, Wordings>;
  readonly defaultLocale: string;
  readonly agent: string;
  /** How many findings there were that are no errors. */
  readonly warnings: number;
  private readonly byName: ReadonlyMap<string, Flow>;

  constructor(
    flows: readonly Flow[],
    shared: Omit<Library, 'flow'> & { readonly texts: LibraryTexts; readonly warnings?: number },
  ) {
    this.revision = shared.revision;
    this.texts = shared.texts;
    this.byName = new Map(flows.map((flow) => [flow.callflow.name, flow]));
    this.standard = shared.standard;
    this.defaultLocale = shared.defaultLocale;
    this.agent = shared.agent;
    this.warnings = shared.warnings ?? 0;
  }

  /** In the order of their names. */
  get flows(): readonly Flow[] {
    return [...this.byName.values()].sort((a, b) => (a.callflow.name < b.callflow.name ? -1 : 1));
  }

  flow(callflow: string): Flow | undefined {
    return this.byName.get(callflow);
  }
}
