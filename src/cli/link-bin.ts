/**
 * Run once after the build: makes `npx dialproof` work in the checkout itself. A `bin` entry in package.json would make
 * npx install the checkout into its own cache first, which is slower and can go wrong.
 */
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

const main = path.resolve('dist/cli/main.js');
const folder = path.resolve('node_modules/.bin');
const link = path.join(folder, 'dialproof');

await mkdir(folder, { recursive: true });
await rm(link, { force: true });
if (process.platform === 'win32') {
  await writeFile(`${link}.cmd`, `@node "${main}" %*\r\n`);
} else {
  await chmod(main, 0o755);
  await symlink(path.relative(folder, main), link);
}
