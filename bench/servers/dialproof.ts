import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServerProcess } from './server-process.ts';

const MAIN = path.resolve('dist/bin/dialproof.js');

/** A folder to start Dialproof in, as in production, with the line that is measured. */
export class Installation {
  readonly folder: string;
  private readonly secretKey = randomBytes(32).toString('base64');

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Installation> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-bench-'));
    await mkdir(path.join(folder, 'callflows'));
    await cp('bench/line/callflow.yaml', path.join(folder, 'callflows/line.yaml'));
    await cp('prompts/en-US/standard.yaml', path.join(folder, 'prompts/en-US/standard.yaml'));
    await cp('bench/line/prompts.yaml', path.join(folder, 'prompts/en-US/line.yaml'));
    return new Installation(folder);
  }

  /** The file of its store. */
  get store(): string {
    return path.join(this.folder, 'data/dialproof.db');
  }

  /** With these settings besides; as often as one likes, for several processes on one store. */
  start(settings: Readonly<Record<string, string>> = {}, name = 'Dialproof'): Promise<ServerProcess> {
    return ServerProcess.start({
      name,
      args: [MAIN, 'serve'],
      folder: this.folder,
      environment: {
        SECRET_KEY: this.secretKey,
        DATA_DIR: path.join(this.folder, 'data'),
        ALLOW_NONCONFORMANT: 'true',
        ...settings,
      },
    });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
