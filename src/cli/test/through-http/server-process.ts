import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DialproofError } from '../../../core/errors.ts';
import type { RawEnvironment } from '../../environment.ts';
import { PACKAGE_FOLDER } from '../../package-folder.ts';

/** How long a server may take to finish what is in flight, milliseconds. */
const PATIENCE_MS = 5_000;
const READY = /Dialproof is ready\. Voice webhook: (\S+)\/voice\//;

/** A server as an operator runs it, in a process and with a store of its own. */
export interface ServerProcess {
  readonly pid: number;
  /** Where it listens. */
  readonly url: string;
  /** Its DATA_DIR, which goes with it. */
  readonly folder: string;
  /** Ends the process, and removes what it kept. */
  close(): Promise<void>;
}

/** @throws DialproofError `server-unreachable` with what it wrote where it does not start */
export async function startServerProcess(raw: RawEnvironment): Promise<ServerProcess> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-test-'));
  const child = spawn(process.execPath, [path.join(PACKAGE_FOLDER, 'dist/bin/dialproof.js'), 'serve'], {
    env: { ...raw, ...OWN, DATA_DIR: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const forget = endsWithUs(() => {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });
  const close = async (): Promise<void> => {
    await stop(child);
    forget();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    return { pid: child.pid ?? 0, url: await readyAt(child), folder, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** No port, key or address of the operator's: this server stands beside theirs. */
const OWN = {
  NODE_ENV: '',
  HOST: '127.0.0.1',
  PORT: '0',
  PUBLIC_URL: '',
  SECRET_KEY: '',
  LOG_LEVEL: 'silent',
} as const;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whatever ends this process ends the server too; where somebody else hears of a signal, they close it themselves. */
function endsWithUs(end: () => void): () => void {
  const onSignal = (signal: NodeJS.Signals): void => {
    if (process.listenerCount(signal) > 1) return;
    end();
    process.off(signal, onSignal);
    process.kill(process.pid, signal);
  };
  process.on('exit', end);
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return () => {
    process.off('exit', end);
    for (const signal of SIGNALS) process.off(signal, onSignal);
  };
}

async function readyAt(child: ChildProcess): Promise<string> {
  let written = '';
  return new Promise((resolve, reject) => {
    child.stderr?.on('data', (part: Buffer) => {
      written += part.toString();
      const url = READY.exec(written)?.[1];
      if (url !== undefined) resolve(url);
    });
    child.once('error', reject);
    child.once('close', (code) =>
      reject(
        new DialproofError('server-unreachable', `The server that should be tested ended with ${code}: ${written}`, {
          fix: 'Start it by itself with `npx dialproof serve`, and mend what it says.',
        }),
      ),
    );
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(late);
}
