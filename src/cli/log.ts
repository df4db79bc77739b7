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

/**
 * Standard output, written to once for all lines of a moment: the lines of 50 turns that share a commit are one system call.
 * What is left when the process ends is written then.
 */
function standardOutput(): DestinationStream {
  const output = pino.destination({ sync: true, minLength: AT_ONCE, maxLength: MOST });
  // A full disk, or a reader who has gone.
  output.on('error', () => undefined);
  let waits = false;
  const flush = (): void => {
    waits = false;
    // `flushSync` would wait for the disk.
    output.flush();
  };
  process.once('exit', () => {
    try {
      output.flushSync();
    } catch {
      // The same.
    }
  });
  return {
    write(line) {
      output.write(line);
      if (!waits) setImmediate(flush);
      waits = true;
    },
  };
}

/** One JSON line per event. */
export function createLog(level: string, destination: DestinationStream = standardOutput()): Log {
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
