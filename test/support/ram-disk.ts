import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A small disk of its own, which can be filled to its last byte. Only root may have one. */
export class RamDisk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Null where this system gives none. */
  static make(size: string): RamDisk | null {
    const folder = mkdtempSync(path.join(tmpdir(), 'dialproof-disk-'));
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder], { stdio: 'ignore' });
      return new RamDisk(folder);
    } catch {
      rmSync(folder, { recursive: true });
      return null;
    }
  }

  async fill(): Promise<void> {
    const file = await open(this.filler, 'a');
    try {
      for (;;) await file.write(Buffer.alloc(4_096));
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    } finally {
      await file.close();
    }
  }

  async makeRoom(): Promise<void> {
    await rm(this.filler, { force: true });
  }

  remove(): void {
    execFileSync('umount', [this.folder]);
    rmSync(this.folder, { recursive: true });
  }

  private get filler(): string {
    return path.join(this.folder, 'filler');
  }
}
