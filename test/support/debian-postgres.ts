import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { run } from './deployed.ts';
import { freePort } from './process.ts';

const VERSIONS = '/usr/lib/postgresql';

/** PostgreSQL from Debian, which has the programs for backup as well, in a folder of a test. */
export class DebianPostgres {
  /** The newest of this machine; null where there is none. */
  static readonly programs: string | null =
    (existsSync(VERSIONS) ? readdirSync(VERSIONS) : [])
      .map((version) => path.join(VERSIONS, version, 'bin'))
      .filter((bin) => existsSync(path.join(bin, 'initdb')))
      .at(-1) ?? null;

  readonly url: string;
  private readonly folder: string;

  private constructor(folder: string, port: number) {
    this.folder = folder;
    this.url = `postgres://dialproof@127.0.0.1:${port}/dialproof`;
  }

  static async start(folder: string): Promise<DebianPostgres> {
    const port = await freePort();
    const server = new DebianPostgres(folder, port);
    if (process.getuid?.() === 0) await succeeds('chown postgres .', folder);
    await server.does('initdb --pgdata=data --username=dialproof --auth=trust --no-sync');
    await server.does(`pg_ctl --pgdata=data --log=log --wait -o '-p ${port} -h 127.0.0.1 -k ${folder}' start`);
    await server.does(`createdb --host=127.0.0.1 --port=${port} --username=dialproof dialproof`);
    return server;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.does('pg_ctl --pgdata=data --mode=immediate stop');
  }

  /** PostgreSQL does not run as root. */
  private does(command: string): Promise<void> {
    const whole = `${DebianPostgres.programs}/${command}`;
    return succeeds(process.getuid?.() === 0 ? `runuser -u postgres -- ${whole}` : whole, this.folder);
  }
}

async function succeeds(command: string, folder: string): Promise<void> {
  const { code, printed } = await run(command, { folder });
  if (code !== 0) throw new Error(`${command}: ${printed}`);
}
