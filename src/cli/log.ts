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

/** One JSON line per event. */
export function createLog(level: string, destination?: DestinationStream): Log {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
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
