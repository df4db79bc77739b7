import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Before the first test: an empty folder for documents, and the command as it is in these sources. */
export function setup(): () => void {
  const documents = mkdtempSync(path.join(tmpdir(), 'dialproof-documents-'));
  // Workers inherit it.
  process.env['DIALPROOF_DOCUMENTS'] = documents;
  // Type errors are printed and do not keep the tests from running: it builds all the same.
  spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'src'], { stdio: 'inherit' });
  spawnSync(process.execPath, ['dist/cli/bundle.js'], { stdio: 'inherit' });
  return () => rmSync(documents, { recursive: true });
}
