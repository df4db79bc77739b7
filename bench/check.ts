/**
 * How long `dialproof check` takes, the whole process: on the files that come with Dialproof, and with a callflow of so
 * many blocks beside them. Prints the median of ten runs each.
 */
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { generatedCallflow } from './generated-callflow.ts';

const RUNS = 10;
/** Files of at most so many blocks: more would be too long to be read. */
const BLOCKS_OF_A_FILE = 250;
const MAIN = path.resolve('dist/bin/dialproof.js');

const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-bench-'));
try {
  await cp('callflows', path.join(folder, 'callflows'), { recursive: true });
  await cp('prompts', path.join(folder, 'prompts'), { recursive: true });
  print(`node alone: ${median(['-e', '0'])} ms`);
  print(`shipped: ${median([MAIN, 'check'])} ms`);
  for (const blocks of [10, 100, 1000]) {
    await writeCallflows(folder, blocks);
    print(`${blocks} blocks: ${median([MAIN, 'check', '--strict'])} ms`);
  }
} finally {
  await rm(folder, { recursive: true });
}

async function writeCallflows(folder: string, blocks: number): Promise<void> {
  for (let written = 0; written < blocks; written += BLOCKS_OF_A_FILE) {
    const name = `generated-${written}`;
    const { callflow, prompts } = generatedCallflow(name, Math.min(BLOCKS_OF_A_FILE, blocks - written));
    await writeFile(path.join(folder, `callflows/${name}.yaml`), callflow);
    await writeFile(path.join(folder, `prompts/en-US/${name}.yaml`), prompts);
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Milliseconds. A run that finds anything is no measurement. */
function median(args: readonly string[]): number {
  const times = Array.from({ length: RUNS }, () => {
    const began = performance.now();
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) throw new Error(`exit code ${status}: ${stdout}`);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  return Math.round(((times[RUNS / 2 - 1] ?? 0) + (times[RUNS / 2] ?? 0)) / 2);
}
