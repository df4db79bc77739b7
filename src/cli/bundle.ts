/**
 * Run once after the build: makes the command `dialproof` of what was built. The libraries that every command needs are
 * bundled with it, since Node takes longer to find their hundreds of files than `check` takes to check; the check
 * itself is compiled, too. It is linked
 * here and not by a `bin` entry in package.json, which would make npx install the checkout into its own cache first.
 */
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown, type InputOptions } from 'rolldown';
import { COMPILED, compiled } from './check/compiled.ts';

const BUNDLED = /^(?:\.|\/|[a-z]:|commander|zod|yaml|intl-messageformat|@formatjs|xstate)/i;

const command = path.resolve('dist/bin/dialproof.js');
await rm(path.dirname(command), { recursive: true, force: true });
const options: InputOptions = {
  platform: 'node',
  // The same parser as ECMAScript modules: of those for Node every file would be wrapped.
  resolve: { alias: { yaml: path.resolve('node_modules/yaml/browser/index.js') } },
  external: (id) => !BUNDLED.test(id),
};
const bundle = await rolldown({ ...options, input: { dialproof: 'dist/cli/main.js' } });
await bundle.write({ dir: path.dirname(command), format: 'esm' });
await bundle.close();

const check = await rolldown({ ...options, input: 'dist/cli/check/run-check.js' });
const checkFile = path.join(path.dirname(command), COMPILED);
await check.write({ file: checkFile, format: 'cjs', codeSplitting: false });
await check.close();
const { module, script } = compiled(checkFile);
await module.warmUp({});
await writeFile(`${checkFile}.cache`, script.createCachedData());

const folder = path.resolve('node_modules/.bin');
const link = path.join(folder, 'dialproof');
await mkdir(folder, { recursive: true });
await rm(link, { force: true });
if (process.platform === 'win32') {
  await writeFile(`${link}.cmd`, `@node "${command}" %*\r\n`);
} else {
  await chmod(command, 0o755);
  await symlink(path.relative(folder, command), link);
}
