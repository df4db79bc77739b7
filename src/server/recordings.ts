import { audioFormat, audioPath, type AudioFile } from '../core/callflow/audio-file.ts';

/** A file of recorded audio with its content. */
export type Recording = AudioFile & { readonly bytes: Uint8Array };

/**
 * The recordings that can be asked for: of every library that was loaded since the process began, by the path in
 * `Utterance.audio`. A call that began before a change goes on with the recordings that it began with.
 */
export class Recordings {
  private readonly kept = new Map<string, { readonly bytes: Uint8Array; readonly contentType: string }>();

  /** Takes those of `recordings` whose path is among `named`. */
  add(recordings: readonly Recording[], named: ReadonlySet<string>): void {
    for (const recording of recordings) {
      const path = audioPath(recording);
      const format = audioFormat(recording.name);
      if (format === undefined || !named.has(path) || this.kept.has(path)) continue;
      this.kept.set(path, { bytes: recording.bytes, contentType: format.contentType });
    }
  }

  has(path: string): boolean {
    return this.kept.has(path);
  }

  find(path: string): { readonly bytes: Uint8Array; readonly contentType: string } | undefined {
    return this.kept.get(path);
  }
}
