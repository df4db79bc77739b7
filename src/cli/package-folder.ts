import { fileURLToPath } from 'node:url';

/** The folder of the package, as seen from `src/cli`, `dist/cli` and `dist/bin` alike. */
export const PACKAGE_FOLDER = fileURLToPath(new URL('../..', import.meta.url));
