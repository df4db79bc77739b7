/** What callers hear while PostgreSQL cannot be used: what they hear while an SQLite file cannot be written. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, it } from 'vitest';
import { makePostgres, type Postgres } from '../support/postgres.ts';
import { RamDisk } from '../support/ram-disk.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { AGENT, failsClosed, PROMISED, TimedLine, type StoreFault } from './store-fault.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

interface Made {
  readonly postgres: Postgres;
  readonly folder: string;
}

async function running(flags: readonly string[] = []): Promise<Made> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-postgres-'));
  await chmod(folder, 0o755);
  closers.push(() => rm(folder, { recursive: true, force: true }));
  const data = path.join(folder, 'data');
  const postgres = await makePostgres(data, { flags });
  await postgres.start();
  closers.push(() => postgres.stop());
  return { postgres, folder: data };
}

async function inspector({ postgres }: Made): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: postgres.url });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

const OURS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dialproof'";

const FAULTS: Readonly<Record<string, () => Promise<StoreFault & { readonly made: Made }>>> = {
  async 'it is stopped, and started again'() {
    const made = await running();
    return {
      made,
      breaks: () => made.postgres.stop(),
      repairs: () => made.postgres.start(),
      says: /cannot be reached|starting or stopping/,
    };
  },
  async 'it says nothing for 10 s, as while another takes its place'() {
    const made = await running();
    closers.push(() => signal(made, 'CONT'));
    return {
      made,
      breaks: () => Promise.resolve(signal(made, 'STOP')),
      repairs: async () => {
        await pause(10_000);
        signal(made, 'CONT');
      },
      says: /takes too long|are in use|cannot be reached/,
    };
  },
  async 'all its connections are in use'() {
    const made = await running(['-c', 'max_connections=20']);
    const hogs: pg.Client[] = [];
    return {
      made,
      async breaks() {
        const first = await inspector(made);
        hogs.push(first);
        await first.query(OURS);
        for (;;) {
          const next = await inspector(made).catch(() => null);
          if (next === null) break;
          hogs.push(next);
        }
        await first.query(OURS);
        // Whoever was thrown out comes back: each place is taken before.
        for (let free = await inspector(made).catch(() => null); free; free = await inspector(made).catch(() => null))
          hogs.push(free);
      },
      repairs: async () => {
        await Promise.all(hogs.map((hog) => hog.end()));
      },
      says: /has no connection left/,
    };
  },
  async 'another program holds its tables locked'() {
    const made = await running();
    const holder = await inspector(made);
    return {
      made,
      async breaks() {
        await holder.query('BEGIN');
        await holder.query('LOCK TABLE calls, health IN ACCESS EXCLUSIVE MODE');
      },
      repairs: () => holder.end(),
      says: /takes too long|are in use/,
    };
  },
};

function signal({ folder }: Made, name: 'STOP' | 'CONT'): void {
  const [postmaster = ''] = readFileSync(path.join(folder, 'postmaster.pid'), 'utf8').split('\n');
  const children = execFileSync('ps', ['-o', 'pid=', '--ppid', postmaster], { encoding: 'utf8' }).split(/\s+/);
  for (const pid of [postmaster, ...children.filter((each) => each !== '')]) process.kill(Number(pid), `SIG${name}`);
}

describe.each(Object.entries(FAULTS))('PostgreSQL: %s', (_what, make) => {
  it('every caller hears an apology and is put through; the server says why, and goes on once it is repaired', async () => {
    const fault = await make();
    const settings = { DATABASE_URL: fault.made.postgres.url, LOG_LEVEL: 'silent' };
    const server = await ServerProcesses.start({ settings });
    closers.push(() => server.close());
    expect(await failsClosed(server, fault)).toMatchObject({ attempts: 1, grants: 1 });
  });
});

it(
  'a full disk under its tables: whoever cannot be kept hears an apology, and all goes on once there is room',
  { timeout: 60_000 },
  async (test) => {
    const disk = RamDisk.make('16m');
    if (disk === null) return test.skip('a disk of its own needs root, and a system that lets it');
    closers.push(() => disk.remove());
    await chmod(disk.folder, 0o777);
    const made = await running();
    const owner = await inspector(made);
    // Its own user makes it: it takes no folder of another one.
    await owner.query(`COPY (SELECT 1) TO PROGRAM 'mkdir ${disk.folder}/tables'`);
    await owner.query(`CREATE TABLESPACE small LOCATION '${disk.folder}/tables'`);
    await owner.query('ALTER ROLE dialproof SET default_tablespace = small');
    await owner.end();
    const server = await ServerProcesses.start({ settings: { DATABASE_URL: made.postgres.url, LOG_LEVEL: 'silent' } });
    closers.push(() => server.close());
    await disk.fill();
    const refused = await firstApology(() => new TimedLine(server.address));
    expect(refused.slowest).toBeLessThan(PROMISED);
    expect(refused.dialled).toBe(AGENT);
    const messages = server.demo.inbox.messages.length;
    await new TimedLine(server.address).dials('two-factor', { AccountNumber: '1003' });
    expect(server.demo.inbox.messages).toHaveLength(messages);
    await disk.makeRoom();
    const next = new TimedLine(server.address);
    await next.dials('two-factor', { AccountNumber: '1002' });
    await next.presses(server.code);
    expect(await server.counts(next)).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
  },
);

/** There is room for some calls in what is written already. */
async function firstApology(line: () => TimedLine): Promise<TimedLine> {
  for (let calls = 0; calls < 200; calls += 1) {
    const caller = await line().dials('two-factor', { AccountNumber: '1002' });
    if (caller.heard.includes('Sorry, we have a technical problem.')) return caller;
  }
  throw new Error('200 calls were answered on a full disk');
}

it('slow statements: one second each, and every caller has a reply in time', { timeout: 60_000 }, async () => {
  const made = await running();
  const server = await ServerProcesses.start({ settings: { DATABASE_URL: made.postgres.url, LOG_LEVEL: 'silent' } });
  closers.push(() => server.close());
  const slow = await inspector(made);
  await slow.query(`
    CREATE FUNCTION slowly() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(1); RETURN NEW; END $$;
    CREATE TRIGGER slowly BEFORE INSERT OR UPDATE ON calls FOR EACH ROW EXECUTE FUNCTION slowly()`);
  const line = new TimedLine(server.address);
  await line.dials('main');
  await line.presses('1002');
  await line.hangsUp();
  expect(line.slowest).toBeLessThan(PROMISED);
  await slow.query('DROP TRIGGER slowly ON calls');
  await slow.end();
  const next = new TimedLine(server.address);
  await next.dials('two-factor', { AccountNumber: '1002' });
  await next.presses(server.code);
  expect(await server.counts(next)).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
});
