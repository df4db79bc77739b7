import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';
import { Program } from '../../support/process.ts';

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

/** A folder as designers have it: callflows, prompts and scenarios; removed after the tests of the file. */
export async function project(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-test-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  for (const name of ['callflows', 'prompts', 'test/calls'])
    await cp(name, path.join(folder, name), { recursive: true });
  return folder;
}

/** `dialproof` in a folder, ended at the latest after the tests of the file. */
export function started(folder: string, ...args: readonly string[]): Program {
  const program = new Program(args, { folder });
  closers.push(() => program.ends('SIGKILL'));
  return program;
}

/** The same, until it has ended. */
export async function run(folder: string, ...args: readonly string[]) {
  const program = started(folder, ...args);
  return { code: await program.exited, stdout: program.stdout, stderr: program.stderr };
}

/** `dialproof test` in a folder. */
export const test = (folder: string, ...args: readonly string[]) => run(folder, 'test', ...args);
