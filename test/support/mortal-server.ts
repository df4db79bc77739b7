import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startDemo, type Demo } from '../../src/demo/start-demo.ts';
import { Caller, type Answer } from './caller.ts';
import { freePort, Program } from './process.ts';

/** Like platforms, it tries a connection that broke once more: the one that it kept open died with the server. */
export class Line extends Caller {
  override async post(...request: Parameters<Caller['post']>): Promise<Answer> {
    return super.post(...request).catch(() => super.post(...request));
  }
}

/** A server of its own process, which can be killed at any moment, and a company that outlives it. */
export class MortalServer {
  readonly demo: Demo;
  /** Milliseconds that each start after a crash took until the server was ready. */
  readonly restarts: number[] = [];
  readonly address: { readonly server: string; readonly publicUrl: string; readonly authToken: string };
  /** Made for it, and removed with it: DATA_DIR, where the settings name no other. */
  private readonly folder: string;
  private readonly environment: Readonly<Record<string, string>>;
  private program: Program;

  private constructor(demo: Demo, folder: string, environment: Readonly<Record<string, string>>) {
    this.demo = demo;
    this.environment = environment;
    this.folder = folder;
    const server = `http://127.0.0.1:${environment['PORT']}`;
    this.address = {
      server,
      publicUrl: environment['PUBLIC_URL'] ?? '',
      authToken: environment['TWILIO_AUTH_TOKEN'] ?? '',
    };
    this.program = new Program(['serve'], { environment });
  }

  static async start(
    settings: Readonly<Record<string, string>> = {},
    hosts: readonly string[] = [],
  ): Promise<MortalServer> {
    const demo = await startDemo({ now: () => Date.now() });
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-mortal-'));
    const port = await freePort();
    const server = new MortalServer(demo, folder, {
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      DATA_DIR: folder,
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
    });
    await server.program.ready();
    return server;
  }

  async close(): Promise<void> {
    await this.kill();
    await this.demo.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  kill(): Promise<number | null> {
    return this.program.ends('SIGKILL');
  }

  /** Dies without a word and starts again on the same store. */
  async crash(): Promise<void> {
    await this.kill();
    this.program = new Program(['serve'], { environment: this.environment });
    this.restarts.push(await this.program.ready());
  }

  get code(): string {
    return this.demo.inbox.messages.at(-1)?.code ?? '';
  }

  get wrongCode(): string {
    return this.code === '000000' ? '000001' : '000000';
  }

  async counts(caller: Caller): Promise<Counts> {
    const response = await fetch(`${this.address.server}/demo/api/calls/${caller.call}`);
    const { phase, exit, turns, sends, attempts, grants } = (await response.json()) as Counts;
    return { phase, exit, turns, sends, attempts, grants };
  }
}

export interface Counts {
  readonly phase: string;
  readonly exit: string | null;
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly grants: number;
}
