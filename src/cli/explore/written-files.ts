import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DialproofError } from '../../core/errors.ts';
import type { Shortest } from '../../simulator/explore/shortest.ts';
import { writtenScenario } from '../../simulator/explore/written-scenario.ts';
import { SCENARIOS } from '../test/scenario-files.ts';

/** Where a failure is to be written. */
export interface Writing {
  /** Null: `test/calls/found-<callflow>-<n>.yaml`. */
  readonly file: string | null;
  /** How it was found, for example `dialproof explore --seed 7`. */
  readonly by: string;
}

/** @throws DialproofError `usage-wrong` where the file is there already */
export function refuseToOverwrite(file: string): void {
  if (existsSync(file))
    throw new DialproofError('usage-wrong', `The file "${file}" is there already.`, {
      fix: 'Name another one, or leave the name out: a new one is made up then.',
    });
}

/** Writes a failure as a file of scenarios that is new; answers with its name. */
export async function writeFailure(failure: Shortest, { file, by }: Writing): Promise<string> {
  const { callflow } = failure.found;
  const name = (n: number): string => {
    if (file === null) return path.join(SCENARIOS, `found-${callflow}-${n}.yaml`);
    return n === 1 ? file : file.replace(/(\.ya?ml)?$/, `-${n}.yaml`);
  };
  const text = writtenScenario(failure.found, { by, at: failure.at });
  let n = 1;
  while (!(await isWritten(name(n), text))) n += 1;
  return name(n);
}

/** False where the file is there already. */
async function isWritten(file: string, text: string): Promise<boolean> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw new DialproofError('usage-wrong', `"${file}" cannot be written.`, {
      fix: 'Name a file in a folder that you may write to.',
      cause: error,
    });
  }
}
