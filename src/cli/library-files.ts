import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { formatFinding, type Finding } from '../core/callflow/finding.ts';
import { loadLibrary, type LibrarySources, type LoadedLibrary } from '../core/callflow/library.ts';
import type { Source } from '../core/callflow/load.ts';
import { DialproofError } from '../core/errors.ts';
import type { RawEnvironment } from './environment.ts';

export interface LibraryFolders {
  readonly callflows: string;
  readonly prompts: string;
}

/** Reads every callflow and prompt file. @throws DialproofError `callflow-invalid` that lists all findings */
export async function readLibrary(
  folders: LibraryFolders,
  options: {
    readonly environment: RawEnvironment;
    readonly defaultLocale: string;
    /** How files become a library; checked by all rules unless given. */
    readonly load?: typeof loadLibrary;
  },
): Promise<LoadedLibrary> {
  const sources = await readSources(folders);
  const { library, findings } = (options.load ?? loadLibrary)(sources, { ...options, digest });
  if (library !== null) return library;
  throw new DialproofError(
    'callflow-invalid',
    `The callflows cannot be used:\n\n${findings.map((finding) => framed(finding, sources)).join('\n\n')}\n`,
    {
      fix: 'Mend what is listed; nothing has been started.',
    },
  );
}

async function readSources(folders: LibraryFolders): Promise<LibrarySources> {
  const callflows = await callflowSources(folders.callflows);
  const locales = await readdir(folders.prompts, { withFileTypes: true }).catch(() =>
    missingFolder(folders.prompts, 'PROMPTS_DIR'),
  );
  const prompts = await Promise.all(
    locales
      .filter((entry) => entry.isDirectory())
      .map(async ({ name: locale }) => {
        const files = await yamlFiles(path.join(folders.prompts, locale));
        return files.map((source) => ({ ...source, locale, callflow: path.parse(source.file).name }));
      }),
  );
  return { callflows, prompts: prompts.flat() };
}

/** The callflow files of a folder. @throws DialproofError `settings-invalid` where there is no such folder */
export function callflowSources(folder: string): Promise<readonly Source[]> {
  return yamlFiles(folder);
}

async function yamlFiles(folder: string): Promise<readonly Source[]> {
  const names = await readdir(folder).catch(() => missingFolder(folder, 'CALLFLOWS_DIR'));
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  return Promise.all(
    files.map(async (name) => ({
      file: path.join(folder, name),
      text: await readFile(path.join(folder, name), 'utf8'),
    })),
  );
}

function framed(finding: Finding, sources: LibrarySources): string {
  const source = [...sources.callflows, ...sources.prompts].find((each) => each.file === finding.at.file);
  return formatFinding(finding, source?.text);
}

function digest(texts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 12);
}

function missingFolder(folder: string, setting: string): never {
  throw new DialproofError('settings-invalid', `There is no folder "${folder}".`, {
    fix: `Make it, or set ${setting} to the folder that you mean.`,
  });
}
