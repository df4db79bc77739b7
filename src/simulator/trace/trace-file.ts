import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { DialproofError } from '../../core/errors.ts';
import { TRACE_VERSION, traceSchema, type Trace } from './trace-schema.ts';

/** A file that traces are written to as they come: JSON Lines, a line of JSON for each. */
export interface TraceFile {
  write(trace: Trace): void;
  close(): void;
}

/** @throws DialproofError `usage-wrong` */
export function openTraces(file: string): TraceFile {
  const handle = opened(file);
  return {
    write: (trace) => void writeSync(handle, `${JSON.stringify(trace)}\n`),
    close: () => closeSync(handle),
  };
}

/** @throws DialproofError `usage-wrong` */
export function writeTraces(file: string, traces: Iterable<Trace>): void {
  const written = openTraces(file);
  try {
    for (const trace of traces) written.write(trace);
  } finally {
    written.close();
  }
}

function opened(file: string): number {
  try {
    return openSync(file, 'w');
  } catch (error) {
    throw new DialproofError('usage-wrong', `"${file}" cannot be written.`, {
      fix: 'Name a file in a folder that is there, and that you may write to.',
      cause: error,
    });
  }
}

/** The traces of a file, one by one. @throws DialproofError `usage-wrong` with the line that is none */
export async function* readTraces(file: string): AsyncGenerator<Trace> {
  let number = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
      number += 1;
      if (line.trim() !== '') yield traceIn(line, `${file}:${number}`);
    }
  } catch (error) {
    if (error instanceof DialproofError) throw error;
    throw new DialproofError('usage-wrong', `"${file}" cannot be read: ${(error as Error).message}.`, {
      fix: HOW,
      cause: error,
    });
  }
  if (number > 0) return;
  throw new DialproofError('usage-wrong', `"${file}" is empty.`, { fix: HOW });
}

const HOW = 'Write one with: npx dialproof test --trace run.jsonl';

function traceIn(line: string, place: string): Trace {
  const json = jsonIn(line, place);
  const version = typeof json === 'object' && json !== null && 'trace' in json ? json.trace : undefined;
  if (typeof version === 'number' && version > TRACE_VERSION)
    throw new DialproofError('usage-wrong', `${place} is a trace of version ${version}; this is ${TRACE_VERSION}.`, {
      fix: 'Open it with the newer Dialproof that wrote it.',
    });
  const read = traceSchema.safeParse(json);
  if (read.success) return read.data;
  const { path = [], message = '' } = read.error.issues[0] ?? {};
  const where = path.length === 0 ? '' : `, at ${path.map(String).join('.')}`;
  throw new DialproofError('usage-wrong', `${place} is no trace${where}: ${message}.`, { fix: HOW });
}

function jsonIn(line: string, place: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch (error) {
    throw new DialproofError('usage-wrong', `${place} is no line of JSON: ${(error as Error).message}.`, { fix: HOW });
  }
}
