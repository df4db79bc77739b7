import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openServersStore } from '../../src/cli/open-store.ts';
import type { CallSummary, Store } from '../../src/core/contracts/store.ts';
import { startDemo, type Demo } from '../../src/demo/start-demo.ts';
import type { Address, Caller } from './caller.ts';
import { temporarySchema } from './postgres.ts';
import { freePort, Program } from './process.ts';

export interface ServerOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Services of a test's own, besides the company's. */
  readonly hosts?: readonly string[];
  /** How many processes share the store and the public address; one unless given. */
  readonly processes?: number;
  /** What keeps their calls; a file unless given. */
  readonly store?: 'sqlite' | 'postgres';
}

interface Parts {
  readonly demo: Demo;
  readonly made: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly ports: readonly number[];
}

/**
 * Servers in processes of their own on one store, which can be killed at any moment, and a company that outlives them.
 * They are as in production but for the demo's own pages.
 */
export class ServerProcesses {
  readonly demo: Demo;
  /** One of each process. */
  readonly addresses: readonly Address[];
  /** Made for them, and removed with them: DATA_DIR, where the settings name no other. */
  private readonly made: string;
  private environment: Readonly<Record<string, string>>;
  private readonly programs: Program[];

  private constructor({ demo, made, environment, ports }: Parts) {
    const { PUBLIC_URL: publicUrl = '', TWILIO_AUTH_TOKEN: authToken = '' } = environment;
    this.demo = demo;
    this.made = made;
    this.environment = environment;
    this.addresses = ports.map((port) => ({ server: `http://127.0.0.1:${port}`, publicUrl, authToken }));
    this.programs = ports.map((port) => this.program(port));
  }

  static async start({ settings, hosts = [], processes = 1, store }: ServerOptions = {}): Promise<ServerProcesses> {
    const demo = await startDemo({ now: () => Date.now() });
    const made = await mkdtemp(path.join(tmpdir(), 'dialproof-processes-'));
    const ports = await Promise.all(Array.from({ length: processes }, freePort));
    const environment = {
      PUBLIC_URL: `http://localhost:${ports[0]}`,
      DATA_DIR: made,
      ...(store === 'postgres' ? { DATABASE_URL: await temporarySchema() } : {}),
      SECRET_KEY: randomBytes(32).toString('base64'),
      TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
      EMAIL_SMTP_HOST: demo.smtp.host,
      EMAIL_SMTP_PORT: String(demo.smtp.port),
      EMAIL_SMTP_TLS: 'none',
      SMS_METHOD: demo.sms.method,
      SMS_URL: demo.sms.url,
      SMS_REQUEST_HEADERS: demo.sms.headers,
      SMS_REQUEST_BODY: demo.sms.body,
      CONTACT_METHODS_URL: demo.contactMethodsUrl,
      SERVICE_HOSTS: [...demo.hosts, ...hosts].join(','),
      ...settings,
    };
    const servers = new ServerProcesses({ demo, made, environment, ports });
    await Promise.all(servers.programs.map((program) => program.ready()));
    return servers;
  }

  /** Of the first process. */
  get address(): Address {
    const [address] = this.addresses;
    if (address === undefined) throw new Error('no process was started');
    return address;
  }

  /** Each request goes to another process than the one before. */
  get alternating(): Address {
    const { addresses } = this;
    const { publicUrl, authToken } = this.address;
    let requests = 0;
    return {
      publicUrl,
      authToken,
      get server() {
        return addresses[(requests += 1) % addresses.length]?.server ?? '';
      },
    };
  }

  /** Dies without a word, and starts again on the same store: milliseconds until it is ready. */
  async crash(index = 0): Promise<number> {
    return this.restart(index, 'SIGKILL');
  }

  /** Ends by a signal, and starts again on the same store: milliseconds until it is ready. What `settings` changes holds from then on. */
  async restart(
    index: number,
    signal: NodeJS.Signals,
    settings: Readonly<Record<string, string>> = {},
  ): Promise<number> {
    await this.ends(index, signal);
    this.environment = { ...this.environment, ...settings };
    const { server } = this.addresses[index] ?? this.address;
    const program = this.program(Number(new URL(server).port));
    this.programs[index] = program;
    return program.ready();
  }

  /** One of them ends; resolves with its exit code, null after a kill. */
  async ends(index: number, signal: NodeJS.Signals): Promise<number | null | undefined> {
    return this.programs[index]?.ends(signal);
  }

  async counts(
    caller: Caller,
  ): Promise<Pick<CallSummary, 'phase' | 'exit' | 'turns' | 'sends' | 'attempts' | 'grants'>> {
    const summary = await this.withStore((store) => store.readCall(caller.call));
    if (summary === null) throw new Error('the store does not know the call');
    const { phase, exit, turns, sends, attempts, grants } = summary;
    return { phase, exit, turns, sends, attempts, grants };
  }

  /** Where the store is. */
  get folder(): string {
    return this.environment['DATA_DIR'] ?? '';
  }

  /** The settings of a command beside the servers. */
  get storeEnvironment(): Readonly<Record<string, string>> {
    const { DATA_DIR = '', SECRET_KEY = '', DATABASE_URL = '' } = this.environment;
    return { DATA_DIR, SECRET_KEY, DATABASE_URL };
  }

  /** The store as another process sees it. */
  async withStore<T>(act: (store: Store) => Promise<T>): Promise<T> {
    const store = await openServersStore(this.storeEnvironment);
    try {
      return await act(store);
    } finally {
      await store.close();
    }
  }

  /** The newest code that came to anybody. */
  get code(): string {
    return this.demo.inbox.messages.at(-1)?.code ?? '';
  }

  get wrongCode(): string {
    return this.code === '000000' ? '000001' : '000000';
  }

  async close(): Promise<void> {
    await Promise.all(this.programs.map((program) => program.ends('SIGKILL')));
    await this.demo.close();
    await rm(this.made, { recursive: true });
  }

  private program(port: number, settings: Readonly<Record<string, string>> = {}): Program {
    return new Program(['serve'], { environment: { ...this.environment, ...settings, PORT: String(port) } });
  }
}
