import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';
import type * as check from './run-check.ts';

type RunCheck = typeof check;

/** What the build makes of `run-check.ts`, beside the command. */
export const COMPILED = 'check.cjs';

/**
 * The check as the build has compiled it: otherwise Node compiles its thousands of functions anew in every process,
 * which takes longer than checking a few files. A cache of another Node is not used, and all is as before.
 */
export async function loadCheck(): Promise<RunCheck> {
  const file = path.join(path.dirname(fileURLToPath(import.meta.url)), COMPILED);
  return existsSync(file) ? compiled(file).module : import('./run-check.ts');
}

/** Loads one file of CommonJS, by its cache where there is one. */
export function compiled(file: string): { readonly module: RunCheck; readonly script: vm.Script } {
  const cache = `${file}.cache`;
  const script = new vm.Script(`(function (exports, require, module) {${readFileSync(file, 'utf8')}\n})`, {
    filename: file,
    ...(existsSync(cache) ? { cachedData: readFileSync(cache) } : {}),
  });
  const module = { exports: {} as RunCheck };
  const run = script.runInThisContext() as (exports: object, require: NodeJS.Require, module: object) => void;
  run(module.exports, createRequire(file), module);
  return { module: module.exports, script };
}
