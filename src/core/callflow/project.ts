import type { PromptFileText, Recordings, Wordings } from '../call/prompts.ts';
import type { AudioFile } from './audio-file.ts';
import { BUILTINS } from './builtin/index.ts';
import type { Callflow } from './callflow.ts';
import type { Finding } from './finding.ts';
import { graphOf, type Graph } from './graph.ts';
import { loadCallflow, type Source } from './load.ts';
import { readPrompts, STANDARD } from './prompt-shelf.ts';
import type { YamlFile } from './yaml.ts';

export interface LibrarySources {
  readonly callflows: readonly Source[];
  /** `callflow` is the file's name without its ending, or `standard`. */
  readonly prompts: readonly PromptSource[];
  /**
   * The recordings. Absent where there are only texts, as in a revision that was stored: what is recorded is spoken
   * then, and no rule asks for a recording.
   */
  readonly audio?: readonly AudioFile[];
}

export type PromptSource = Source & { readonly locale: string; readonly callflow: string };

/** All callflow and prompt files that could be read: what the rules look at. */
export interface Project {
  readonly callflows: ReadonlyMap<string, CallflowFile>;
  readonly prompts: readonly PromptFile[];
  /** The standard prompts of every locale that is spoken. */
  readonly standard: ReadonlyMap<string, PromptFile | 'missing' | 'unread'>;
  /** By locale; null where there are only texts. */
  readonly recordings: ReadonlyMap<string, Recordings> | null;
  readonly defaultLocale: string;
  /** Whether every file could be read: only then can it be said that nothing uses a thing. */
  readonly complete: boolean;
  /** Those that callflows may use, by name. */
  readonly builtins: ReadonlyMap<string, string>;
  /** Whether a callflow of this name may be among the files that could not be read. */
  mayBeUnread(callflow: string): boolean;
  /** Whether the environment has a value for the name. */
  isSet(name: string): boolean;
}

export interface CallflowFile {
  readonly source: Source;
  readonly yaml: YamlFile;
  readonly callflow: Callflow;
  readonly graph: Graph;
  /** By locale: the languages that it has prompts in, and the default one. */
  readonly wordings: ReadonlyMap<string, Wordings>;
}

export interface PromptFile {
  readonly source: PromptSource;
  readonly yaml: YamlFile;
  readonly text: PromptFileText;
  /** Those of the file, on top of the standard ones. */
  readonly wordings: Wordings;
}

export interface ProjectOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly defaultLocale: string;
  /** Texts of the built-in callflows by name; those of this Dialproof unless given. */
  readonly builtins?: ReadonlyMap<string, string>;
}

/** Reads every file. What cannot be read is among the findings and not in the project. */
export function readProject(
  sources: LibrarySources,
  options: ProjectOptions,
): { readonly project: Project; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const { environment, defaultLocale, builtins = BUILTINS } = options;
  const { read, unread } = readCallflows(sources.callflows, { environment, builtins }, findings);
  const uses = new Map([...read].map(([name, { callflow }]) => [name, callflow.uses]));
  const recordings = sources.audio === undefined ? null : byLocale(sources.audio);
  const shelf = readPrompts(sources.prompts, { uses, defaultLocale, recordings }, findings);
  const standard = new Map<string, PromptFile | 'missing' | 'unread'>();
  for (const locale of new Set([defaultLocale, ...sources.prompts.map((each) => each.locale)]))
    standard.set(locale, shelf.find(STANDARD, locale));
  const callflows = new Map<string, CallflowFile>();
  for (const [name, file] of read)
    callflows.set(name, { ...file, graph: graphOf(file.callflow), wordings: shelf.spokenBy(name) });
  const project: Project = {
    callflows,
    prompts: shelf.files,
    standard,
    recordings,
    defaultLocale,
    complete: findings.length === 0,
    builtins,
    mayBeUnread: (name) => unread.has(name) || unread.has(null),
    isSet: (name) => (environment[name] ?? '') !== '',
  };
  return { project, findings };
}

type ReadCallflow = Pick<CallflowFile, 'source' | 'yaml' | 'callflow'>;

function readCallflows(
  sources: readonly Source[],
  { environment, builtins }: Required<Pick<ProjectOptions, 'environment' | 'builtins'>>,
  findings: Finding[],
) {
  const read = new Map<string, ReadCallflow>();
  const unread = new Set<string | null>();
  for (const source of sources) {
    const { name, callflow, yaml, findings: found } = loadCallflow(source, environment, builtins);
    findings.push(...found);
    const twin = callflow === null ? undefined : read.get(callflow.name);
    if (callflow === null) unread.add(name);
    else if (twin !== undefined) findings.push(sameName(callflow.name, source, twin.source));
    else read.set(callflow.name, { source, yaml, callflow });
  }
  return { read, unread };
}

function byLocale(audio: readonly AudioFile[]): ReadonlyMap<string, Recordings> {
  const locales = new Map<string, Map<string, AudioFile>>();
  for (const file of audio) {
    const recordings = locales.get(file.locale) ?? new Map<string, AudioFile>();
    locales.set(file.locale, recordings.set(file.name, file));
  }
  return locales;
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
