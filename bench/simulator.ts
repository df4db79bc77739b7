/**
 * Whole simulated calls a second, on one core: choose a method, get the code, enter it, verified; all prompts formatted,
 * every limit charged. Runs `dialproof test` as anybody does; prints each round, and the median.
 */
import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROUNDS = 5;
const CALLS = 20_000;
const MAIN = path.resolve('dist/bin/dialproof.js');

const SCENARIO = `callflow: two-factor
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
always: [ { sends: { at-most: 3 } }, code-is-never-spoken-here ]
scenarios:
  - name: Right code by text message
    call:
      - hears: greeting
      - hears: choose-method
      - press: sms
      - gets: sms
      - press: code
      - hears: verified
    ends: success
    count: { sends: 1, attempts: 1 }
`;

const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-bench-'));
try {
  const file = path.join(folder, 'call.yaml');
  await writeFile(file, SCENARIO);
  const rates = Array.from({ length: ROUNDS }, (_, round) => {
    const rate = callsPerSecond(file);
    process.stdout.write(`round ${round + 1}: ${rate} calls a second\n`);
    return rate;
  });
  process.stdout.write(
    `best: ${Math.max(...rates)}, median: ${rates.toSorted((a, b) => a - b)[(ROUNDS - 1) / 2]} calls a second\n`,
  );
} finally {
  await rm(folder, { recursive: true });
}

/** A run in which any call went otherwise is no measurement. */
function callsPerSecond(file: string): number {
  const args = [MAIN, 'test', file, '--times', String(CALLS), '--jobs', '1', '--reporter', 'json'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`exit code ${status}: ${stdout.slice(0, 1_000)}`);
  const { summary } = JSON.parse(stdout) as { readonly summary: { readonly calls: number; readonly ms: number } };
  return Math.round((summary.calls / summary.ms) * 1000);
}
