import { existsSync } from 'node:fs';
import path from 'node:path';

/** By the program that is looked for: Debian's name of its package. */
const PACKAGES = { baresip: 'baresip-core', 'espeak-ng': 'espeak-ng', sox: 'sox' };

/** The packages that a machine with these folders of programs has not got. */
export function missingPackages(
  folders: readonly string[] = (process.env['PATH'] ?? '').split(':'),
): readonly string[] {
  return Object.entries(PACKAGES).flatMap(([program, name]) =>
    folders.some((folder) => existsSync(path.join(folder, program))) ? [] : [name],
  );
}
