import { pino, type DestinationStream } from 'pino';
import type { Log } from '../app/parts.ts';

/** The only fields that are ever written: plain words, counts and CallSids. Anything else is dropped, not masked. */
const FIELDS = [
  'call',
  'turn',
  'heard',
  'callflow',
  'block',
  'exit',
  'ms',
  'task',
  'service',
  'method',
  'outcome',
  'reason',
  'error',
  'dependency',
  'budget',
] as const;

/** Bytes after which is written in any case. */
const AT_ONCE = 16_000;
/** Bytes that are kept while nobody takes them; later lines are lost, and calls go on. */
const MOST = 1_000_000;
/** After so long it is tried again, milliseconds. */
const AGAIN = 100;
/** So long the end of the process waits for a slow reader, milliseconds. */
const AT_LAST = 500;

/**
 * Standard output, written to once for all lines of a moment: those of the turns that share a commit are one system call.
 * What is left when the process ends is written then.
 */
class StandardOutput implements DestinationStream {
  private readonly output = pino.destination({
    sync: true,
    minLength: AT_ONCE,
    maxLength: MOST,
    retryEAGAIN: () => false,
  });
  /** Why the last attempt failed: a full disk, or a reader who has gone or stands still. */
  private failure: string | null = null;
  private waits = false;
  private again: NodeJS.Timeout | null = null;

  constructor() {
    this.output.on('error', ({ code = 'unknown' }: NodeJS.ErrnoException) => {
      this.failure = code;
    });
    process.once('exit', () => {
      const until = performance.now() + AT_LAST;
      for (this.flush(); this.failure === 'EAGAIN' && performance.now() < until; this.flush()) sleep(AGAIN / 5);
    });
  }

  write(line: string): void {
    this.output.write(line);
    if (!this.waits) setImmediate(() => this.flush());
    this.waits = true;
  }

  private flush(): void {
    this.waits = false;
    // What could not be written lies in up to three buffers, and each call writes one.
    const buffers = this.failure === null ? 1 : 3;
    this.failure = null;
    // Not `flushSync`: it waits for the disk, and for ever for one that cannot be written to.
    for (let each = 0; each < buffers && this.failure === null; each++) this.output.flush();
    if (this.failure === null) return;
    this.again ??= setTimeout(() => {
      this.again = null;
      this.flush();
    }, AGAIN).unref();
  }
}

/** With everything else standing still. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

/** One JSON line per event. */
export function createLog(level: string, destination: DestinationStream = new StandardOutput()): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = pino(options, destination);
  return {
    info: (fields, message) => logger.info(allowed(fields), message),
    warn: (fields, message) => logger.warn(allowed(fields), message),
    error: (fields, message) => logger.error(allowed(fields), message),
  };
}

function allowed(fields: object): Record<string, string | number> {
  const kept: Record<string, string | number> = {};
  for (const name of FIELDS) {
    const value: unknown = (fields as Record<string, unknown>)[name];
    if (typeof value === 'string' || typeof value === 'number') kept[name] = value;
  }
  return kept;
}
