import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RawEnvironment } from '../environment.ts';
import { warningsOfDotEnv } from '../environment/misspelled.ts';
import { exitCodeOf, explain } from '../exit-codes.ts';
import { createLog } from '../log.ts';
import { startService } from './start-service.ts';
import { stopOnSignal } from './stop-on-signal.ts';
import { welcome } from './welcome.ts';

/** Serves until a signal comes, or says why it cannot; then with the exit code for it. Never rejects. */
export async function runServe(raw: RawEnvironment): Promise<void> {
  try {
    process.stderr.write(warningsOfDotEnv());
    const service = await startService(raw, { makeLog: createLog });
    stopOnSignal(() => service.close());
    process.stderr.write(`${welcome(service)}\n`);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

/** Starts once without a word and stops, as far as there are files: what is compiled then is in the cache of the build. */
export async function warmUp(): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-build-'));
  const raw = { DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'silent' };
  const service = await startService(raw, { makeLog: createLog }).catch(() => null);
  await service?.close();
  await rm(folder, { recursive: true });
}
