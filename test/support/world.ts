import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'libsql';
import { codeOf, stepAt } from '../../src/adapters/codes/totp.ts';
import { STORES } from '../../src/adapters/stores/index.ts';
import { LEASE } from '../../src/app/limits.ts';
import { readSources } from '../../src/cli/library-files.ts';
import { createLog } from '../../src/cli/log.ts';
import { startService, type Service } from '../../src/cli/serve/start-service.ts';
import { compileProject, loadLibrary } from '../../src/core/callflow/library.ts';
import { readProject } from '../../src/core/callflow/project.ts';
import type { Incoming } from '../../src/core/call/input.ts';
import type { TurnKey } from '../../src/core/call/session.ts';
import type { Rows, Store } from '../../src/core/contracts/store.ts';
import type { Inbox, InboxMessage } from '../../src/demo/inbox.ts';
import type { Demo } from '../../src/demo/start-demo.ts';
import { Caller } from './caller.ts';
import { Mortality } from './mortal-store.ts';
import { freePort } from './process.ts';
import { TestClock } from './test-clock.ts';
import { WebUser } from './web-user.ts';

export interface WorldOptions extends FileChanges {
  /** Settings besides those that a world makes for itself. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Runs callflows that the rules refuse: what stands behind the rules is tested with them. */
  readonly unchecked?: true;
}

export interface FileChanges {
  /** Changes to the shipped callflows, by file: pairs of what stands there and what should. */
  readonly edit?: Readonly<Record<string, readonly (readonly [from: string, to: string])[]>>;
  /** More callflows, prompts and recordings, by path, for example `callflows/tiny.yaml`. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Files that are taken away. */
  readonly gone?: readonly string[];
}

export interface CallCounts {
  readonly phase: string;
  readonly exit: string | null;
  readonly callflow: string;
  readonly entries: number;
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly grants: number;
  readonly messages: readonly { readonly method: string; readonly code: string | null }[];
}

/**
 * The whole product on loopback: real server, real SQLite file, the demo company's real SMTP, SMS and web services.
 * Closing it looks for every code and destination that the sinks saw in all that was logged and stored.
 */
export class World {
  readonly folder: string;
  readonly settings: Readonly<Record<string, string>>;
  private service: Service;
  private readonly making: Making;

  private constructor(parts: {
    folder: string;
    settings: Readonly<Record<string, string>>;
    service: Service;
    making: Making;
  }) {
    this.folder = parts.folder;
    this.settings = parts.settings;
    this.service = parts.service;
    this.making = parts.making;
  }

  static async open(options: WorldOptions = {}): Promise<World> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-world-'));
    await cp('callflows', path.join(folder, 'callflows'), { recursive: true });
    await cp('prompts', path.join(folder, 'prompts'), { recursive: true });
    await changeFiles(folder, options);
    const settings = {
      // Not port 0: a world that restarts needs its own port again.
      PORT: String(await freePort()),
      DATA_DIR: path.join(folder, 'data'),
      CALLFLOWS_DIR: path.join(folder, 'callflows'),
      PROMPTS_DIR: path.join(folder, 'prompts'),
      LOG_LEVEL: 'trace',
      TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
      SECRET_KEY: randomBytes(32).toString('base64'),
      ENHANCED_AUTHENTICATION_KEY: randomBytes(24).toString('base64url'),
      ...options.settings,
    };
    const clock = new TestClock();
    const logged: string[] = [];
    const load = options.unchecked === true ? loadUnchecked : loadLibrary;
    const making = { clock, logged, typed: [], webUsers: [], load, mortality: new Mortality() };
    return new World({ folder, settings, making, service: await start(settings, making) });
  }

  get clock(): TestClock {
    return this.making.clock;
  }

  caller(options: { readonly call?: string; readonly to?: string; readonly from?: string } = {}): Caller {
    return new Caller(this.address, options);
  }

  /** Somebody who signs in on the web, at the demo company's platform. */
  webUser(user: string): WebUser {
    const { publicUrl, server } = this.address;
    const webUser = new WebUser({ publicUrl, server, key: this.settings['ENHANCED_AUTHENTICATION_KEY'] ?? '' }, user);
    this.making.webUsers.push(webUser);
    return webUser;
  }

  get address() {
    const { publicUrl, port } = this.service;
    return {
      publicUrl,
      server: `http://127.0.0.1:${port}`,
      authToken: (this.settings['TWILIO_AUTH_TOKEN'] ?? '').split(',')[0] ?? '',
    };
  }

  get inbox(): Inbox {
    return this.company.inbox;
  }

  /** The demo company, and where its services answer. */
  get company(): Demo {
    const { demo } = this.service;
    if (demo === null) throw new Error('this world has no demo company');
    return demo;
  }

  /** The newest code that came to anybody. */
  get code(): string {
    const found = this.inbox.messages.findLast(({ code }) => code !== null)?.code;
    if (found === undefined || found === null) throw new Error('no code has arrived');
    return found;
  }

  /** How many codes have come to anybody; what tells of a lock, some time after the call, is none. */
  get codesSent(): number {
    return this.inbox.messages.filter(({ code }) => code !== null).length;
  }

  /** A well-formed code that is none of those that were sent. */
  get wrongCode(): string {
    const sent = new Set(this.inbox.messages.map((message) => message.code));
    for (let n = 0; ; n++) {
      const code = String(n).padStart(6, '0');
      if (!sent.has(code)) return code;
    }
  }

  async counts(caller: Caller): Promise<CallCounts> {
    const response = await fetch(`${this.address.server}/demo/api/calls/${caller.call}`);
    if (response.status !== 200) throw new Error(`the demo does not know the call: ${response.status}`);
    return (await response.json()) as CallCounts;
  }

  /** Changes the files; the server does not look at them by itself. */
  async changes(changes: FileChanges): Promise<void> {
    await changeFiles(this.folder, changes);
  }

  /** Changes the files, and lets what they hold then serve the next call. */
  async publishes(changes: FileChanges): Promise<void> {
    await this.changes(changes);
    await this.service.publish(await readSources(this.service.folders));
  }

  /** The revision that operators see for this call. */
  async revisionOf(caller: Caller): Promise<string | undefined> {
    return this.withStore(async (store) => (await store.readCall(caller.call))?.revision);
  }

  /** Stops the server and starts it again on the same store; open calls go on at the same public address. */
  async restarts(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const { publicUrl, port } = this.service;
    const { inbox } = this;
    await this.service.close();
    this.service = await start(
      { ...this.settings, PORT: String(port), PUBLIC_URL: publicUrl, ...settings },
      this.making,
    );
    for (const message of inbox.messages) this.inbox.add(message);
  }

  /** Sweeps the store now, as the server does once a minute. */
  async sweep(): Promise<void> {
    await this.withStore((store) => store.sweep(this.clock.now(), { auditMs: 90 * 86_400_000 }));
  }

  /** So long nothing happens, but for the sweeps of the server. */
  async passes(ms: number): Promise<void> {
    const step = 20 * 60_000;
    await this.sweep();
    for (let left = ms; left > 0; left -= step) {
      this.clock.advance(Math.min(left, step));
      await this.sweep();
    }
  }

  /** How much the store keeps. */
  async rows(): Promise<Rows> {
    return this.withStore((store) => store.countRows());
  }

  /** What this does is done by a process that dies after so many operations of its store; then another one goes on. */
  async dies(operations: number, during: () => Promise<unknown>): Promise<void> {
    const { mortality } = this.making;
    mortality.diesAfter(operations);
    await during().finally(() => mortality.revives());
  }

  /** The store takes so much longer, milliseconds, when it is next asked for this. */
  storeDelays(operation: keyof Store, ms: number): void {
    this.making.mortality.delays(operation, ms);
  }

  /** Does this while the store fails once, after so many operations; false where there were fewer. `isDone`: only the answer is lost. */
  async storeFails(
    fault: { readonly after: number; readonly isDone: boolean },
    during: () => Promise<void>,
  ): Promise<boolean> {
    const { mortality } = this.making;
    mortality.failsAfter(fault.after, fault.isDone);
    await during();
    return mortality.hasFailed();
  }

  /** Claims a turn as a process that dies before it answers. */
  async claims(call: string, key: TurnKey, input: Incoming): Promise<void> {
    await this.withStore((store) =>
      store.claimTurn({ call, key, input, holder: 'a process that dies', now: this.clock.now(), lease: LEASE }),
    );
  }

  /** What the audit trail says of web sign-ins, in its order. */
  get signInsAudited(): readonly string[] {
    const database = new Database(path.join(this.folder, 'data', 'dialproof.db'), { readonly: true });
    try {
      const rows = database.prepare("SELECT detail FROM audit WHERE kind = 'sign-in' ORDER BY id").all();
      return (rows as readonly { readonly detail: string }[]).map(({ detail }) => detail);
    } finally {
      database.close();
    }
  }

  /** Opens an account as `lock reset` does. */
  async opensAccount(account: string): Promise<void> {
    await this.withStore((store) => store.openAccount(account, this.clock.now()));
  }

  /** An authenticator application with the secret of an account that was enrolled as another process does it. */
  async enrols(account: string, options: { readonly confirmed?: false } = {}): Promise<Application> {
    const id = randomBytes(8).toString('hex');
    const secret = randomBytes(20);
    await this.withStore(async (store) => {
      await store.addAuthenticator({ id, account, secret, now: this.clock.now() });
      if (options.confirmed !== false) await store.confirmAuthenticator({ id, step: 0, now: this.clock.now() });
    });
    return {
      id,
      code: (steps = 0) => {
        const code = codeOf(secret, stepAt(this.clock.now()) + steps);
        this.making.typed.push({ code, to: secret.toString('base64'), report: secret.toString('hex') });
        return code;
      },
    };
  }

  /** As `dialproof enroll --revoke` does. */
  async revokes({ id }: Application): Promise<void> {
    await this.withStore((store) => store.revokeAuthenticator(id, this.clock.now()));
  }

  /** Remembers a browser of an account for a day, as a web sign-in does; answers with the id of the device. */
  async remembersBrowser(account: string, name: string): Promise<string> {
    const id = randomBytes(8).toString('hex');
    const token = randomBytes(16).toString('hex');
    const now = this.clock.now();
    await this.withStore((store) =>
      store.rememberDevice({ id, account, token, name, fingerprint: '', now, expiresAt: now + 86_400_000, most: 5 }),
    );
    return id;
  }

  private async withStore<T>(act: (store: Store) => Promise<T>): Promise<T> {
    const { store } = await STORES.sqlite({
      path: path.join(this.folder, 'data', 'dialproof.db'),
      secretKeys: [Buffer.from(this.settings['SECRET_KEY'] ?? '', 'base64')],
    });
    try {
      return await act(store);
    } finally {
      await store.close();
    }
  }

  /** What `/metrics` says. */
  async metrics(): Promise<string> {
    const token = this.settings['METRICS_TOKEN']?.split(',')[0];
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    const response = await fetch(`${this.address.server}/metrics`, { headers });
    return response.text();
  }

  /** All log lines so far. */
  get log(): string {
    return this.making.logged.join('');
  }

  async close(): Promise<void> {
    const messages = [...(this.service.demo?.inbox.messages ?? []), ...this.making.typed];
    // Without the values of now: numbers that look like a code by chance.
    const metrics = (await this.metrics()).replaceAll(/ \S+$/gm, '');
    await this.service.close();
    const leaks = await this.leaks(messages, metrics);
    await rm(this.folder, { recursive: true, force: true });
    if (leaks.length > 0) throw new Error(`Private values were found outside:\n${leaks.join('\n')}`);
  }

  /** Every place where a code, destination or secret stands in the clear. */
  async leaks(
    messages: readonly Pick<InboxMessage, 'code' | 'to' | 'report'>[],
    metrics = '',
  ): Promise<readonly string[]> {
    const secrets = new Set(messages.flatMap(({ code, to, report }) => [code ?? '', to, to.replace('+', ''), report]));
    for (const name of ['TWILIO_AUTH_TOKEN', 'SECRET_KEY', 'ENHANCED_AUTHENTICATION_KEY', 'METRICS_TOKEN'])
      for (const secret of (this.settings[name] ?? '').split(',')) secrets.add(secret);
    for (const secret of this.making.webUsers.flatMap((each) => each.secrets)) secrets.add(secret);
    const data = path.join(this.folder, 'data');
    const files = (await readdir(data)).filter((name) => name.startsWith('dialproof.db'));
    const places = [
      ['the log', this.log] as const,
      ['the metrics', metrics] as const,
      ...(await Promise.all(files.map(async (name) => [name, await readIfThere(path.join(data, name))] as const))),
    ];
    return places.flatMap(([place, text]) =>
      [...secrets].filter((secret) => secret.length >= 4 && holds(text, secret)).map((secret) => `${place}: ${secret}`),
    );
  }
}

export interface Application {
  readonly id: string;
  /** What it shows now, or so many time steps later. */
  code(steps?: number): string;
}

/** What a world makes its server with, at the start and at every restart. */
interface Making {
  readonly clock: TestClock;
  readonly logged: string[];
  /** Codes and secrets of authenticators. */
  readonly typed: Pick<InboxMessage, 'code' | 'to' | 'report'>[];
  readonly webUsers: WebUser[];
  readonly load: typeof loadLibrary;
  readonly mortality: Mortality;
}

async function start(settings: Readonly<Record<string, string>>, making: Making): Promise<Service> {
  const { clock, logged, load, mortality } = making;
  return startService(settings, {
    clock,
    load,
    aroundStore: (store) => mortality.around(store),
    makeLog: (level) => createLog(level, { write: (line) => void logged.push(line) }),
  });
}

const loadUnchecked: typeof loadLibrary = (sources, options) => {
  const { project, findings } = readProject(sources, options);
  return { library: compileProject(project, sources, options), findings };
};

async function changeFiles(folder: string, changes: FileChanges): Promise<void> {
  for (const [file, edits] of Object.entries(changes.edit ?? {})) await edit(path.join(folder, file), edits);
  for (const [file, content] of Object.entries(changes.files ?? {})) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), content);
  }
  for (const file of changes.gone ?? []) await rm(path.join(folder, file));
}

async function edit(file: string, edits: readonly (readonly [string, string])[]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [from, to] of edits) {
    if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    text = text.replace(from, to);
  }
  await writeFile(file, text);
}

/** Digits by chance stand in hashes and times: what is looked for are those on their own. */
function holds(text: string, secret: string): boolean {
  if (!text.includes(secret)) return false;
  return !/^\d+$/.test(secret) || new RegExp(`(?<![0-9a-f])${secret}(?![0-9a-f])`).test(text);
}

/** SQLite removes its -wal and -shm files in its own time after the store was closed. */
async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'latin1');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
