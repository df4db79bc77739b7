import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { offerPostgres } from './postgres.ts';

/** Before the first test: an empty folder for documents, a PostgreSQL for whoever asks, and the command as it is in these sources. */
export function setup(): () => Promise<void> {
  const documents = mkdtempSync(path.join(tmpdir(), 'dialproof-documents-'));
  // Workers inherit it.
  process.env['DIALPROOF_DOCUMENTS'] = documents;
  const postgres = mkdtempSync(path.join(tmpdir(), 'dialproof-postgres-'));
  // As root, it runs as another user.
  chmodSync(postgres, 0o755);
  process.env['DIALPROOF_POSTGRES'] = postgres;
  const stopPostgres = offerPostgres(postgres);
  // Type errors are printed and do not keep the tests from running: it builds all the same.
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'src'], { stdio: 'inherit' });
  spawnSync(process.execPath, ['dist/cli/bundle.js'], { stdio: 'inherit' });
  return async () => {
    await stopPostgres();
    for (const folder of [documents, postgres]) rmSync(folder, { recursive: true });
  };
}
