import path from 'node:path';
import { watch, type FSWatcher } from 'chokidar';

/** Editors write in several steps, and a checkout writes many files: quiet for so long means done, milliseconds. */
const QUIET = 80;
/** From the folder above: prompts lie in a folder for each locale, recordings in one below it. */
const DEPTH = 3;

/** Looks at once, and again whenever something in the folders has changed, until `signal` aborts. */
export async function followFolders(
  folders: readonly string[],
  options: { readonly look: () => Promise<void>; readonly say: (text: string) => void; readonly signal: AbortSignal },
): Promise<void> {
  const { look, say, signal } = options;
  // A folder that is taken away and put back, by a checkout for example, is another one: no watch outlives a change.
  while (!signal.aborted) {
    const watcher = watchFromAbove(folders);
    watcher.on('error', (error) => say(`The folders cannot be watched: ${String(error)}`));
    const ready = new Promise<void>((resolve) => watcher.once('ready', resolve));
    const changed = quietAfterChange(watcher, signal);
    await ready;
    await look();
    await changed;
    await Promise.all([look(), watcher.close()]);
  }
}

function watchFromAbove(folders: readonly string[]): FSWatcher {
  const wanted = folders.map((folder) => path.resolve(folder));
  return watch([...new Set(wanted.map((folder) => path.dirname(folder)))], {
    ignored: (file) => !wanted.some((folder) => isWithin(file, folder) || isWithin(folder, file)),
    ignoreInitial: true,
    depth: DEPTH,
  });
}

function isWithin(file: string, folder: string): boolean {
  const way = path.relative(folder, file);
  return way !== '..' && !way.startsWith(`..${path.sep}`);
}

function quietAfterChange(watcher: FSWatcher, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    signal.addEventListener('abort', done);
    watcher.on('all', () => {
      clearTimeout(timer);
      timer = setTimeout(done, QUIET);
    });
  });
}
