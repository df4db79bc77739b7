import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { finished } from 'node:stream/promises';
import { DialproofError } from '../../../core/errors.ts';
import type { Output } from '../../call/screen.ts';
import type { Reporter } from '../reporters.ts';
import type { ChosenReporter } from './choose-reporters.ts';
import { REPORTERS } from './index.ts';

/** All reporters of a run as one. */
export interface OpenReporters extends Required<Reporter> {
  /** Waits until every file is written. */
  close(): Promise<void>;
}

/** Opens the files first, so that a wrong path is told before anything is played. @throws DialproofError `usage-wrong` */
export async function openReporters(
  chosen: readonly ChosenReporter[],
  stdout: Output,
  sources: ReadonlyMap<string, string>,
): Promise<OpenReporters> {
  const files: Output[] = [];
  const reporters: Reporter[] = [];
  for (const { name, file, append } of chosen) {
    const out = file === undefined ? stdout : await openFile(file, append === true);
    if (file !== undefined) files.push(out);
    reporters.push(REPORTERS[name](out, sources));
  }
  return {
    begin: (plan) => reporters.forEach((each) => each.begin?.(plan)),
    played: (played) => reporters.forEach((each) => each.played(played)),
    end: (summary) => reporters.forEach((each) => each.end(summary)),
    async close() {
      for (const file of files) file.end();
      await Promise.all(files.map((file) => finished(file)));
    },
  };
}

async function openFile(file: string, append: boolean): Promise<Output> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    const stream = createWriteStream(file, { flags: append ? 'a' : 'w' });
    await once(stream, 'open');
    return stream;
  } catch (error) {
    throw new DialproofError('usage-wrong', `"${file}" cannot be written: ${(error as Error).message}.`, {
      fix: 'Name a file that may be written, for example --reporter junit=report.xml.',
      cause: error,
    });
  }
}
