import { loadWordings, type PromptFileText, type Wordings } from '../call/prompts.ts';
import type { Callflow } from './callflow.ts';
import type { Finding } from './finding.ts';
import { graphOf, type Graph } from './graph.ts';
import { loadCallflow, type Source } from './load.ts';
import type { YamlFile } from './yaml.ts';

/** The prompt file that holds what every callflow needs in a locale. */
export const STANDARD = 'standard';

export interface LibrarySources {
  readonly callflows: readonly Source[];
  /** `callflow` is the file's name without its ending, or `standard`. */
  readonly prompts: readonly PromptSource[];
}

type PromptSource = Source & { readonly locale: string; readonly callflow: string };

/** All callflow and prompt files that could be read: what the rules look at. */
export interface Project {
  readonly callflows: ReadonlyMap<string, CallflowFile>;
  readonly prompts: readonly PromptFile[];
  /** The standard prompts of every locale that is spoken. */
  readonly standard: ReadonlyMap<string, PromptFile | 'missing' | 'unread'>;
  readonly defaultLocale: string;
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
  /** By locale; the languages that it speaks. */
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
}

/** Reads every file. What cannot be read is among the findings and not in the project. */
export function readProject(
  sources: LibrarySources,
  options: ProjectOptions,
): { readonly project: Project; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const { environment, defaultLocale } = options;
  const read = (source: PromptSource, base: Wordings | null): PromptFile | 'unread' => {
    const { findings: found, ...loaded } = loadWordings(source, base);
    findings.push(...found);
    return loaded.wordings === null ? 'unread' : { source, ...loaded };
  };
  const standard = new Map<string, PromptFile | 'missing' | 'unread'>();
  for (const locale of new Set([defaultLocale, ...sources.prompts.map((each) => each.locale)])) {
    const source = sources.prompts.find((each) => each.callflow === STANDARD && each.locale === locale);
    standard.set(locale, source === undefined ? 'missing' : read(source, null));
  }
  const own = sources.prompts
    .filter((source) => source.callflow !== STANDARD)
    .map((source) => ({ source, file: read(source, wordingsOf(standard.get(source.locale))) }));

  const callflows = new Map<string, CallflowFile>();
  const unread = new Set<string | null>();
  for (const source of sources.callflows) {
    const { name, callflow, yaml, findings: found } = loadCallflow(source, environment);
    findings.push(...found);
    const twin = callflow === null ? undefined : callflows.get(callflow.name);
    if (callflow === null) unread.add(name);
    else if (twin !== undefined) findings.push(sameName(callflow.name, source, twin.source));
    else
      callflows.set(callflow.name, {
        source,
        yaml,
        callflow,
        graph: graphOf(callflow),
        wordings: spoken(callflow.name, own, { standard, defaultLocale }),
      });
  }
  const project: Project = {
    callflows,
    prompts: [...standard.values(), ...own.map((each) => each.file)].filter((each) => typeof each !== 'string'),
    standard,
    defaultLocale,
    mayBeUnread: (name) => unread.has(name) || unread.has(null),
    isSet: (name) => (environment[name] ?? '') !== '',
  };
  return { project, findings };
}

/**
 * A callflow speaks the languages that it has a prompt file for, and the default one. Of a language in which a file
 * cannot be read, nothing can be said.
 */
function spoken(
  callflow: string,
  own: readonly { readonly source: PromptSource; readonly file: PromptFile | 'unread' }[],
  { standard, defaultLocale }: Pick<Project, 'standard' | 'defaultLocale'>,
): ReadonlyMap<string, Wordings> {
  const files = new Map<string, PromptFile | 'missing' | 'unread'>(
    own.filter(({ source }) => source.callflow === callflow).map(({ source, file }) => [source.locale, file]),
  );
  const spoken = new Map<string, Wordings>();
  for (const locale of new Set([defaultLocale, ...files.keys()])) {
    const base = wordingsOf(standard.get(locale));
    const wordings = files.has(locale) ? wordingsOf(files.get(locale)) : base;
    if (base !== null && wordings !== null) spoken.set(locale, wordings);
  }
  return spoken;
}

function wordingsOf(file: PromptFile | 'missing' | 'unread' | undefined): Wordings | null {
  return typeof file === 'object' ? file.wordings : null;
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
