import { spawn, type ChildProcess } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';

/** The command line as it is shipped, which the global setup has built. */
const MAIN = path.resolve('dist/bin/dialproof.js');

export interface RunOptions {
  /** All of the environment, but PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Somebody types at it. */
  readonly typed?: true;
  /** Another build's command line. */
  readonly main?: string;
  /** The file that takes its standard output. */
  readonly stdout?: string;
}

/** A process of ours, killed at the latest by whoever started it. */
export class Program {
  /** Null when a signal ended it. */
  readonly exited: Promise<number | null>;
  readonly started = performance.now();
  private readonly child: ChildProcess;
  private out = '';
  private err = '';

  constructor(args: readonly string[], options: RunOptions = {}) {
    const stdout = options.stdout === undefined ? undefined : openSync(options.stdout, 'a');
    this.child = spawn(process.execPath, [options.main ?? MAIN, ...args], {
      env: { PATH: process.env['PATH'], ...options.environment },
      ...(options.folder === undefined ? {} : { cwd: options.folder }),
      stdio: [options.typed === true ? 'pipe' : 'ignore', stdout ?? 'pipe', 'pipe'],
    });
    if (stdout !== undefined) closeSync(stdout);
    this.child.stdout?.on('data', (part: Buffer) => (this.out += part.toString()));
    this.child.stderr?.on('data', (part: Buffer) => (this.err += part.toString()));
    this.exited = once(this.child, 'close').then(([code]) => code as number | null);
  }

  get stdout(): string {
    return this.out;
  }

  get stderr(): string {
    return this.err;
  }

  /** Resolves with the milliseconds since the start when a line on stderr says that the server is ready. */
  async ready(): Promise<number> {
    await this.says('Dialproof is ready');
    return performance.now() - this.started;
  }

  /** Resolves when this has been written to stderr, so many times. */
  async says(text: string, times = 1): Promise<void> {
    await this.until(() => this.err.split(text).length > times);
  }

  /** Resolves when this has been written to stdout. */
  async prints(text: string): Promise<void> {
    await this.until(() => this.out.includes(text));
  }

  types(text: string): void {
    this.child.stdin?.write(text);
  }

  /** Nothing more is typed. */
  leaves(): void {
    this.child.stdin?.end();
  }

  private async until(holds: () => boolean): Promise<void> {
    const { stdout, stderr } = this.child;
    while (!holds()) {
      const heard = new AbortController();
      const { signal } = heard;
      const more = [stdout, stderr].map((stream) =>
        once(stream ?? this.child, 'data', { signal }).then(
          () => 'more',
          () => 'more',
        ),
      );
      const code = await Promise.race([this.exited, ...more]);
      heard.abort();
      if (code !== 'more') throw new Error(`the program ended with ${String(code)}: ${this.err}`);
    }
  }

  async ends(signal: NodeJS.Signals): Promise<number | null> {
    this.child.kill(signal);
    return this.exited;
  }
}

/**
 * A port that nobody listens on, below those that systems hand out for outgoing connections: a server that is restarted
 * on it finds it free again.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 30_000);
    const server = createServer().listen(port, '127.0.0.1');
    const free = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!free) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}
