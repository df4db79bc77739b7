import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Target } from '../load/line-call.ts';

export interface ServerToStart {
  readonly name: string;
  /** What Node runs. */
  readonly args: readonly string[];
  /** Besides PATH, PORT, NODE_ENV and TWILIO_AUTH_TOKEN. */
  readonly environment?: Readonly<Record<string, string>>;
  /** The same port as before, unless any free one will do. */
  readonly port?: number;
  readonly folder?: string;
}

const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';

/** Of /proc/<pid>/stat: user and system time, in ticks of 10 ms (proc_pid_stat(5)). */
const [USER_TIME, SYSTEM_TIME, TICK_MS] = [11, 12, 10];

/** Milliseconds of processor time that a process has used so far. */
export function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * TICK_MS;
}

/** A server in a process of its own, killed at the end. */
export class ServerProcess {
  readonly name: string;
  readonly target: Target;
  /** Milliseconds until it said that it is ready. */
  readonly startUp: number;
  private readonly child: ChildProcess;

  private constructor(name: string, child: ChildProcess, at: { readonly port: number; readonly startUp: number }) {
    this.name = name;
    this.child = child;
    this.target = { server: `http://127.0.0.1:${at.port}`, authToken: AUTH_TOKEN };
    this.startUp = at.startUp;
  }

  /** @throws with what it wrote where it ends instead */
  static async start({ name, args, environment, port, folder }: ServerToStart): Promise<ServerProcess> {
    const on = port ?? (await freePort());
    const began = performance.now();
    const child = spawn(process.execPath, args, {
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'production',
        TWILIO_AUTH_TOKEN: AUTH_TOKEN,
        PORT: String(on),
        PUBLIC_URL: `http://127.0.0.1:${on}`,
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(folder === undefined ? {} : { cwd: folder }),
    });
    let said = '';
    const ended = once(child, 'close').then(() => {
      throw new Error(`${name} ended: ${said}`);
    });
    const ready = new Promise<void>((resolve) => {
      child.stderr.on('data', (part: Buffer) => {
        said += part.toString();
        if (said.includes('ready')) resolve();
      });
    });
    await Promise.race([ready, ended]);
    ended.catch(() => undefined);
    return new ServerProcess(name, child, { port: on, startUp: performance.now() - began });
  }

  /** Milliseconds of processor time that it has used so far. */
  get cpu(): number {
    return cpuOf(this.child.pid ?? 0);
  }

  /** Bytes of memory that it holds. */
  get memory(): number {
    const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${this.child.pid}/status`, 'utf8'));
    return Number(found?.[1]) * 1024;
  }

  async stop(): Promise<void> {
    const closed = once(this.child, 'close');
    this.child.kill('SIGTERM');
    await closed;
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
