/** What the Containerfile would start, in a folder of its own on this machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readContainerfile, type Stage } from './containerfile.ts';
import { freePort, Program } from './process.ts';

const BUILT_IN = '/srv/dialproof/';

/** A folder that is removed at the end of a test. */
export async function scratch(): Promise<{ readonly folder: string; [Symbol.asyncDispose](): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-deployed-'));
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** The stages of the image: the one that builds it, and the one that it is. */
export function imageStages(): { readonly build: Stage; readonly image: Stage } {
  const [build, image] = readContainerfile('docs/operations/Containerfile');
  if (build === undefined || image === undefined) throw new Error('the Containerfile has not two stages');
  return { build, image };
}

/**
 * Copies into a folder what a stage copies: from the repository, and what it takes from the build from `built`. Modules
 * are linked, where they are the repository's: they are many.
 */
export async function copyStage({ copied }: Stage, to: string, built = '.'): Promise<void> {
  for (const { from, sources, to: target } of copied)
    for (const source of sources) {
      const origin = path.resolve(from === null ? '.' : built, source.replace(BUILT_IN, ''));
      const goal = target === './' ? path.join(to, path.basename(source)) : path.join(to, target);
      await mkdir(path.dirname(goal), { recursive: true });
      if (path.basename(origin) === 'node_modules' && built === '.') await symlink(origin, goal);
      // Node's own takes eight times as long for so many files.
      else await run(['cp', '-R', origin, goal], { folder: to });
    }
}

/** A command in a folder as its shell runs it, with nothing in the environment but this. @returns what it printed */
export async function run(
  command: string | readonly string[],
  { folder, environment = {} }: { readonly folder: string; readonly environment?: Readonly<Record<string, string>> },
): Promise<{ readonly code: number; readonly printed: string }> {
  const [file = '', ...args] = typeof command === 'string' ? ['bash', '-euo', 'pipefail', '-c', command] : command;
  const node = path.dirname(process.execPath);
  const { PATH = '', HOME = folder } = process.env;
  const child = spawn(file, args, {
    cwd: folder,
    env: { HOME, ...environment, PATH: [environment['PATH'], node, PATH].filter(Boolean).join(':') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (printed += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, printed };
}

/** Starts what a folder holds by the command of the image, until it is asked to end. */
export async function startImage(
  folder: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly program: Program; readonly environment: Readonly<Record<string, string>> }> {
  const { image } = imageStages();
  const [, main = '', ...args] = image.command;
  const environment = {
    ...image.environment,
    ...settings,
    // A container's folder and all of its addresses, but not of this machine.
    DATA_DIR: path.join(folder, 'data'),
    HOST: '127.0.0.1',
    PORT: String(await freePort()),
  };
  const program = new Program(args, { environment, folder, main: path.join(folder, main) });
  await program.ready();
  return { program, environment };
}
