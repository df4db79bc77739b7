/**
 * What callers hear while the store cannot be written (security.md 8, "fail closed"): an apology and a person, within 5 s,
 * whatever they type; nobody gets in, nothing is sent. Health says why, and the server goes on by itself.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { contactMethods } from '../support/contact-methods.ts';
import { RamDisk } from '../support/ram-disk.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { httpStub } from '../support/stub-server.ts';
import { AGENT, failsClosed, PROMISED, TimedLine, type Health } from './store-fault.ts';

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

interface Fault {
  /** Null where this system does not let us; else where the store is. */
  readonly folder: () => Promise<string | null>;
  readonly breaks: (folder: string, health: () => Promise<Health>) => Promise<void>;
  readonly repairs: (folder: string) => Promise<void>;
  readonly says: RegExp;
}

const FAULTS: Readonly<Record<string, Fault>> = {
  'the disk is full': fullDisk(),
  'the files may not be changed': unchangeable(),
  'another program holds the database locked': locked(),
  'the database file is no database': {
    folder,
    async breaks(at) {
      await rename(at, `${at}.kept`);
      await mkdir(at);
      await writeFile(path.join(at, 'dialproof.db'), 'no database, '.repeat(1_000));
    },
    async repairs(at) {
      await rm(at, { recursive: true });
      await rename(`${at}.kept`, at);
    },
    says: /the database file is damaged/,
  },
  'DATA_DIR was removed': {
    folder,
    breaks: (at) => rename(at, `${at}.gone`),
    repairs: (at) => rename(`${at}.gone`, at),
    says: /the database file is not there/,
  },
};

async function folder(): Promise<string> {
  const made = await mkdtemp(path.join(tmpdir(), 'dialproof-store-'));
  closers.push(() => rm(made, { recursive: true, force: true }));
  return made;
}

function fullDisk(): Fault {
  let disk: RamDisk | null = null;
  return {
    async folder() {
      disk = RamDisk.make('8m');
      closers.push(() => disk?.remove());
      return Promise.resolve(disk?.folder ?? null);
    },
    async breaks(_at, health) {
      // SQLite gives room back when the server lets go of the file: full is what stays full.
      for (let times = 0; times < 3;) {
        await disk?.fill();
        times = (await health()).status === 503 ? times + 1 : 0;
      }
    },
    repairs: async () => disk?.makeRoom(),
    says: /the disk is full|the disk cannot be read or written/,
  };
}

function unchangeable(): Fault {
  const change = async (at: string, how: '+i' | '-i'): Promise<void> => {
    // Not -shm: SQLite has mapped it into memory, and the system ends a process that cannot write to such a page.
    const files = (await readdir(at)).filter((name) => name.startsWith('dialproof.db') && !name.endsWith('-shm'));
    execFileSync('chattr', [how, ...files.map((name) => path.join(at, name))], { stdio: 'ignore' });
  };
  return {
    async folder() {
      const at = await folder();
      await writeFile(path.join(at, 'dialproof.db.try'), '');
      try {
        await change(at, '+i');
        await change(at, '-i');
        return at;
      } catch {
        return null;
      }
    },
    breaks: (at) => change(at, '+i'),
    repairs: (at) => change(at, '-i'),
    says: /the database is read-only|the disk cannot be read or written/,
  };
}

function locked(): Fault {
  const program = `
    const Database = require('libsql');
    const database = new Database(process.argv[1]);
    database.exec('BEGIN EXCLUSIVE');
    console.log('locked');
    setInterval(() => undefined, 1000);`;
  let holder: ReturnType<typeof spawn> | undefined;
  return {
    folder,
    async breaks(at) {
      holder = spawn(process.execPath, ['-e', program, path.join(at, 'dialproof.db')], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(holder.stdout ?? holder, 'data');
    },
    async repairs() {
      const ended = holder && once(holder, 'close');
      holder?.kill('SIGKILL');
      await ended;
    },
    says: /another program holds the database locked/,
  };
}

describe.each(Object.entries(FAULTS))('%s', (name, fault) => {
  it('every caller hears an apology and is put through; the server says why, and goes on once it is repaired', async (test) => {
    const at = await fault.folder();
    if (at === null) {
      console.log(`Not run: "${name}" needs root, and a system that lets it.`);
      return test.skip();
    }
    const server = await ServerProcesses.start({ settings: { DATA_DIR: at } });
    closers.unshift(() => server.close());
    const going = await failsClosed(server, {
      breaks: (health) => fault.breaks(at, health),
      repairs: () => fault.repairs(at),
      says: fault.says,
    });
    expect(going).toMatchObject({ attempts: 1, grants: 1 });
  });
});

it('locked in the middle of a turn: the apology does not wait for the end of it', async () => {
  let reach: () => void = () => undefined;
  const reached = new Promise<void>((resolve) => (reach = resolve));
  const slow = await httpStub((response) => {
    reach();
    setTimeout(() => response.end(ONE_METHOD), 2_500);
  });
  closers.push(() => slow.close());
  const at = await folder();
  const server = await ServerProcesses.start({
    settings: { DATA_DIR: at, CONTACT_METHODS_URL: slow.url },
    hosts: [slow.host],
  });
  closers.unshift(() => server.close());
  const caller = new TimedLine(server.address);
  await caller.dials('main');
  const answered = caller.go(caller.action, { Digits: '1002' });
  await reached;
  const lock = locked();
  await lock.breaks(at, () => Promise.reject(new Error('not asked')));
  await answered;
  expect(caller.slowest).toBeLessThan(PROMISED);
  expect(caller.heard).toContain('Sorry, we have a technical problem.');
  expect(caller.dialled).toBe(AGENT);
  await lock.repairs(at);
  expect(await server.counts(caller)).toMatchObject({ attempts: 0, grants: 0 });
});

const ONE_METHOD = contactMethods('<method name="email" value="ben@example.test"/>');
