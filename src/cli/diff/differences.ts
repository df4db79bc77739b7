import { compareVersions, type Changed } from '../../core/callflow/compare/compare-versions.ts';
import { readProject, type LibrarySources, type Project } from '../../core/callflow/project.ts';
import { callflowsInvalid, type LibraryFolders } from '../library-files.ts';
import { sourcesOf } from './version-sources.ts';

/** What `dialproof diff --json` prints; docs/callflows.md describes it. */
export interface Differences {
  /** Nothing that a caller would notice. */
  readonly same: boolean;
  /** Files that are not the same to the letter, sorted. */
  readonly files: readonly string[];
  readonly callflows: readonly Changed[];
}

export interface DiffRequest {
  readonly before: string;
  readonly after: string | undefined;
  /** Where the files are now. */
  readonly folders: LibraryFolders;
  readonly defaultLocale: string;
}

/** @throws DialproofError `usage-wrong` for a version that is none, `callflow-invalid` for one that cannot be read */
export async function differences(request: DiffRequest): Promise<Differences> {
  const [before, after] = await Promise.all([
    sourcesOf(request.before, request.folders),
    sourcesOf(request.after, request.folders),
  ]);
  const { defaultLocale } = request;
  const callflows = compareVersions({
    before: projectOf(before, defaultLocale),
    after: projectOf(after, defaultLocale),
    defaultLocale,
  });
  return { same: callflows.length === 0, files: changedFiles(before, after), callflows };
}

/** A version need not be right to be compared, but every file of it must be readable. */
function projectOf(sources: LibrarySources, defaultLocale: string): Project {
  const { project, findings } = readProject(sources, { environment: {}, defaultLocale });
  if (!project.complete) throw callflowsInvalid(findings, sources);
  return project;
}

/** By their names inside a version. */
function changedFiles(before: LibrarySources, after: LibrarySources): readonly string[] {
  const [was, is] = [textsIn(before), textsIn(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((file) => was.get(file) !== is.get(file)).toSorted();
}

function textsIn({ callflows, prompts }: LibrarySources): ReadonlyMap<string, string> {
  const name = (file: string): string => file.split(/[\\/:]/).at(-1) ?? file;
  return new Map([
    ...callflows.map(({ file, text }) => [`callflows/${name(file)}`, text] as const),
    ...prompts.map(({ file, locale, text }) => [`prompts/${locale}/${name(file)}`, text] as const),
  ]);
}
