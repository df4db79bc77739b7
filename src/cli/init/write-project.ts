import { lstat, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DialproofError } from '../../core/errors.ts';

/**
 * Writes new files below a folder and returns their paths. Nothing is written where one of them is there already.
 *
 * @throws DialproofError `files-in-the-way` that lists them all, or `usage-wrong`
 */
export async function writeProject(folder: string, files: ReadonlyMap<string, string>): Promise<readonly string[]> {
  const paths = [...files.keys()].map((file) => path.join(folder, file));
  const found = await Promise.all(paths.map(existing));
  const inTheWay = [...new Set(found.flatMap((each) => each ?? []))];
  if (inTheWay.length > 0)
    throw new DialproofError(
      'files-in-the-way',
      `There are files in the way:\n${inTheWay.map((file) => `  - ${file}`).join('\n')}`,
      { fix: 'Nothing has been written. Name another folder, or move them away.' },
    );
  try {
    for (const [file, text] of files) {
      await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
      // Never over one that has come meanwhile.
      await writeFile(path.join(folder, file), text, { flag: 'wx' });
    }
  } catch (error) {
    throw new DialproofError('usage-wrong', `The project cannot be written to "${folder}" (${codeOf(error)}).`, {
      fix: 'Name a folder that you may write to.',
      cause: error,
    });
  }
  return paths;
}

/** What is there already: the file itself, or a file in place of one of its folders. */
async function existing(file: string): Promise<string | null> {
  try {
    await lstat(file);
    return file;
  } catch (error) {
    return codeOf(error) === 'ENOTDIR' ? existing(path.dirname(file)) : null;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
}
