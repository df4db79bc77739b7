import { spawn } from 'node:child_process';
import path from 'node:path';
import { DialproofError } from '../../core/errors.ts';

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...words: string[]]>>> = {
  darwin: ['open'],
  // `start` would have the shell read the path.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Shows the page with what the system opens pages with. @throws DialproofError `usage-wrong` where it has nothing */
export function openPage(page: string): Promise<void> {
  const [command, ...words] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve, reject) => {
    const failed = (cause?: unknown): void =>
      reject(
        new DialproofError('usage-wrong', `The page could not be opened: "${command}" did not do it.`, {
          fix: `Open it yourself: ${page}`,
          ...(cause === undefined ? {} : { cause }),
        }),
      );
    const opener = spawn(command, [...words, path.resolve(page)], { stdio: 'ignore' });
    opener.once('error', failed);
    opener.once('exit', (code) => (code === 0 ? resolve() : failed()));
  });
}
