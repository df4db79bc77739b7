import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { LibrarySources } from '../../core/callflow/library.ts';
import { DialproofError } from '../../core/errors.ts';
import { readSources, type LibraryFolders } from '../library-files.ts';

const run = promisify(execFile);
const GIT = 'git:';
/** Bytes; files that are larger cannot be callflows. */
const MOST_OUTPUT = 4_000_000;

/** The files of a version: a folder, `git:<ref>`, or undefined for the files as they are now. */
export async function sourcesOf(version: string | undefined, now: LibraryFolders): Promise<LibrarySources> {
  if (version === undefined) return readSources(now);
  if (version.startsWith(GIT)) return committed(version, now);
  const folders = { callflows: path.join(version, 'callflows'), prompts: path.join(version, 'prompts') };
  const found = await Promise.all(Object.values(folders).map((folder) => isFolder(folder)));
  if (found.includes(false))
    throw new DialproofError('usage-wrong', `"${version}" does not hold callflows/ and prompts/.`, {
      fix: 'Name a folder that holds both, or git:<ref>, for example git:HEAD.',
    });
  return readSources(folders);
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

async function committed(version: string, folders: LibraryFolders): Promise<LibrarySources> {
  const ref = version.slice(GIT.length);
  // `--end-of-options`: a ref that begins with a hyphen is no option. From here on only the commit's own hash is used.
  const commit = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], ref);
  const read = async (file: string): Promise<{ file: string; text: string }> => ({
    file: `${version}:${file}`,
    text: await git(['show', '--no-textconv', `${commit.trim()}:./${file}`], ref),
  });
  const list = async (folder: string): Promise<readonly string[]> => {
    const inside = path.relative('.', folder) || '.';
    const files = await git(['ls-tree', '-r', '-z', '--name-only', commit.trim(), '--', `${inside}/`], ref);
    return files.split('\0').filter((file) => /\.ya?ml$/.test(file));
  };
  const [callflows, prompts] = await Promise.all([list(folders.callflows), list(folders.prompts)]);
  return {
    callflows: await Promise.all(callflows.map(read)),
    prompts: await Promise.all(
      prompts.map(async (file) => ({
        ...(await read(file)),
        locale: path.basename(path.dirname(file)),
        callflow: path.parse(file).name,
      })),
    ),
  };
}

async function git(words: readonly string[], ref: string): Promise<string> {
  try {
    return (await run('git', words, { maxBuffer: MOST_OUTPUT })).stdout;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new DialproofError(
      'usage-wrong',
      missing ? 'git is not installed.' : `git finds no version "${ref}" of these files here.`,
      {
        fix: missing
          ? 'Install it, or name a folder that holds callflows/ and prompts/.'
          : 'Run this inside the repository that holds them, and name a commit, a branch or a tag.',
        cause: error,
      },
    );
  }
}
