import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import type * as check from './check/run-check.ts';
import type * as serve from './serve/run-serve.ts';

/** The parts of the command line that the build compiles ahead, beside the command. */
export interface Compiled {
  readonly check: typeof check;
  readonly serve: typeof serve;
}

/**
 * A part as the build has compiled it: otherwise Node compiles its thousands of functions anew in every process, which takes
 * longer than checking a few files, or opening a store and listening. A cache of another Node is not used, and all is as
 * before.
 */
export async function loadCompiled<Part extends keyof Compiled>(
  part: Part,
  otherwise: () => Promise<Compiled[Part]>,
): Promise<Compiled[Part]> {
  const folder = path.dirname(fileURLToPath(import.meta.url));
  return existsSync(fileOf(folder, part)) ? compiled(folder, part).module : otherwise();
}

/** The one file of CommonJS that a part is in. */
export function fileOf(folder: string, part: keyof Compiled): string {
  return path.join(folder, `${part}.cjs`);
}

/** Loads a part from its file, by the cache where there is one. */
export function compiled<Part extends keyof Compiled>(
  folder: string,
  part: Part,
): { readonly module: Compiled[Part]; readonly script: vm.Script } {
  const file = fileOf(folder, part);
  const cache = `${file}.cache`;
  const script = new vm.Script(
    `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'utf8')}\n})`,
    { filename: file, ...(existsSync(cache) ? { cachedData: readFileSync(cache) } : {}) },
  );
  const module = { exports: {} as Compiled[Part] };
  const run = script.runInThisContext() as (
    exports: object,
    require: NodeJS.Require,
    module: object,
    ...names: readonly string[]
  ) => void;
  run(module.exports, createRequire(file), module, file, folder);
  return { module: module.exports, script };
}
