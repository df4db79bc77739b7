import { mkdtempSync, readdirSync, existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const LIBRARIES = '/usr/lib';

/** Debian's package `faketime` (https://github.com/wolfcw/libfaketime); null where it is not installed. */
export const FAKETIME: string | null = findLibrary();

function findLibrary(): string | null {
  if (!existsSync(LIBRARIES)) return null;
  const places = readdirSync(LIBRARIES).map((each) => path.join(LIBRARIES, each, 'faketime', 'libfaketime.so.1'));
  return places.find((each) => existsSync(each)) ?? null;
}

/** The wall clock of a process, which can be set while it runs; its monotonic clock goes on as it is. */
export class WallClock {
  private readonly folder = mkdtempSync(path.join(tmpdir(), 'dialproof-clock-'));
  private readonly file = path.join(this.folder, 'offset');

  /** What a process is started with to have this clock. */
  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: FAKETIME ?? '',
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      // The times of files stay as they are.
      NO_FAKE_STAT: '1',
    };
  }

  /** Seconds that it is ahead of the machine's clock. */
  async isAhead(seconds: number): Promise<void> {
    await writeFile(this.file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
