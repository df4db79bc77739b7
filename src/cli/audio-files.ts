import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Wordings } from '../core/call/prompts.ts';
import { audioKind, MOST_AUDIO_BYTES } from '../core/callflow/audio-file.ts';
import type { LoadedLibrary } from '../core/callflow/library.ts';
import type { Recording } from '../server/recordings.ts';

/** Every file in the folder `audio` of a locale, in the order of their names. One that is too large is not read. */
export async function readAudioFiles(folder: string, locale: string): Promise<readonly Recording[]> {
  const recordings: Recording[] = [];
  for (const name of await namesIn(folder)) {
    const file = path.join(folder, name);
    const status = await stat(file);
    if (!status.isFile()) continue;
    const bytes = status.size > MOST_AUDIO_BYTES ? new Uint8Array() : await readFile(file);
    const size = Math.max(status.size, bytes.length);
    recordings.push({ file, name, locale, size, digest: digestOf(bytes), kind: audioKind(bytes), bytes });
  }
  return recordings;
}

/** Where the recordings that a library plays are served. */
export function recordedPaths(library: Pick<LoadedLibrary, 'standard' | 'flows'>): ReadonlySet<string> {
  const wordings: readonly Wordings[] = [
    ...library.standard.values(),
    ...library.flows.flatMap((flow) => [...flow.wordings.values()]),
  ];
  return new Set(wordings.flatMap((each) => [...each.recordings.values()]));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 20);
}
