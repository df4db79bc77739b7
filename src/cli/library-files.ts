import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatFinding, type Finding } from '../core/callflow/finding.ts';
import {
  compileProject,
  loadLibrary,
  type LibrarySources,
  type LibraryTexts,
  type LoadedLibrary,
} from '../core/callflow/library.ts';
import { inOrder } from '../core/callflow/in-order.ts';
import type { Source } from '../core/callflow/load.ts';
import { readProject } from '../core/callflow/project.ts';
import { DialproofError, type ErrorCode } from '../core/errors.ts';
import type { Recording, Recordings } from '../server/recordings.ts';
import { readAudioFiles, recordedPaths } from './audio-files.ts';
import type { RawEnvironment } from './environment.ts';

export interface LibraryFolders {
  readonly callflows: string;
  readonly prompts: string;
}

export interface LoadOptions {
  readonly environment: RawEnvironment;
  readonly defaultLocale: string;
  /** How files become a library; checked by all rules unless given. */
  readonly load?: typeof loadLibrary;
  /** Gets the recordings that the library plays. */
  readonly recordings?: Recordings;
}

/** What the folders hold: texts, and recordings with their bytes. */
export type FolderSources = LibrarySources & { readonly audio: readonly Recording[] };

/** Reads every callflow and prompt file. @throws DialproofError `callflow-invalid` that lists all findings */
export async function readLibrary(folders: LibraryFolders, options: LoadOptions): Promise<LoadedLibrary> {
  return loadSources(await readSources(folders), options);
}

/** @throws DialproofError `callflow-invalid` that lists all findings */
export function loadSources(sources: FolderSources, options: LoadOptions): LoadedLibrary {
  const { library, findings } = (options.load ?? loadLibrary)(sources, { ...options, digest });
  if (library === null) throw callflowsInvalid(findings, sources);
  options.recordings?.add(sources.audio, recordedPaths(library));
  return library;
}

/**
 * A library as it was kept, under its own name. The rules have passed it before it served its first call: what they
 * would say today is not asked. @throws DialproofError `callflow-invalid` where it cannot even be read any more
 */
export function loadKept(texts: LibraryTexts, revision: string, environment: RawEnvironment): LoadedLibrary {
  const builtins = new Map(Object.entries(texts.builtins));
  const options = { environment, defaultLocale: texts.defaultLocale, builtins, digest: () => revision };
  const { project, findings } = readProject(texts, options);
  if (findings.some(({ severity }) => severity === 'error')) throw callflowsInvalid(findings, texts);
  return compileProject(project, texts, options);
}

/** Every file as it lies there, whatever it holds. @throws DialproofError where a folder or file cannot be read */
export async function readSources(folders: LibraryFolders): Promise<FolderSources> {
  const callflows = await callflowSources(folders.callflows);
  const locales = await readdir(folders.prompts, { withFileTypes: true }).catch(() =>
    missingFolder(folders.prompts, 'PROMPTS_DIR'),
  );
  const languages = await Promise.all(
    locales
      .filter((entry) => entry.isDirectory())
      .map(async ({ name: locale }) => {
        const folder = path.join(folders.prompts, locale);
        const files = await yamlFiles(folder);
        return {
          prompts: files.map((source) => ({ ...source, locale, callflow: path.parse(source.file).name })),
          audio: await readAudioFiles(path.join(folder, 'audio'), locale),
        };
      }),
  );
  return {
    callflows,
    prompts: languages.flatMap(({ prompts }) => prompts),
    audio: languages.flatMap(({ audio }) => audio),
  };
}

/** The callflow files of a folder. @throws DialproofError `settings-invalid` where there is no such folder */
export function callflowSources(folder: string): Promise<readonly Source[]> {
  return yamlFiles(folder);
}

async function yamlFiles(folder: string): Promise<readonly Source[]> {
  const names = await readdir(folder).catch(() => missingFolder(folder, 'CALLFLOWS_DIR'));
  // Hidden files are the locks and leftovers of editors.
  const files = names.filter((name) => /^[^.].*\.ya?ml$/.test(name)).sort();
  return Promise.all(
    files.map(async (name) => {
      const file = path.join(folder, name);
      return { file, text: await readText(file, 'callflow-invalid') };
    }),
  );
}

/** The error that lists what is wrong with files, each with the line that it is about. */
export function callflowsInvalid(findings: readonly Finding[], sources: LibrarySources): DialproofError {
  return new DialproofError(
    'callflow-invalid',
    `The callflows cannot be used:\n\n${inOrder(findings)
      .map((finding) => framed(finding, sources))
      .join('\n\n')}\n`,
    { fix: 'Mend what is listed.' },
  );
}

function framed(finding: Finding, sources: LibrarySources): string {
  const source = [...sources.callflows, ...sources.prompts].find((each) => each.file === finding.at.file);
  return formatFinding(finding, source?.text);
}

/** Names a revision by its texts. */
export function digest(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 12);
}

/** The text of a file. @throws DialproofError `code` where it cannot be read */
export async function readText(file: string, code: ErrorCode): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new DialproofError(code, `${file} cannot be read (${reason}).`, {
      fix: 'See that it is a file, and that this user may read it.',
    });
  });
}

function missingFolder(folder: string, setting: string): never {
  throw new DialproofError('settings-invalid', `There is no folder "${folder}".`, {
    fix: `Make it, or set ${setting} to the folder that you mean.`,
  });
}
