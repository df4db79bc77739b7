/**
 * Run once after the build: makes the command `dialproof` of what was built. The libraries that every command needs are
 * bundled with it, since Node takes longer to find their hundreds of files than `check` takes to check; the check and the
 * server are compiled, too. It is linked here and not by a `bin` entry in package.json, which would make npx install the
 * checkout into its own cache first.
 */
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown, type InputOptions } from 'rolldown';
import { compiled, fileOf, type Compiled } from './compiled.ts';

const BUNDLED = /^(?:\.|\/|[a-z]:|commander|zod|yaml|intl-messageformat|@formatjs|xstate)/i;
/** Native code, and what starts threads with files of its own. */
const NEVER_BUNDLED = /^(?:node:|libsql|pino)/;

const bin = path.resolve('dist/bin');
const command = path.join(bin, 'dialproof.js');
await rm(bin, { recursive: true, force: true });
const options: InputOptions = {
  platform: 'node',
  // The same parser as ECMAScript modules: of those for Node every file would be wrapped.
  resolve: { alias: { yaml: path.resolve('node_modules/yaml/browser/index.js') } },
};
const bundle = await rolldown({
  ...options,
  external: (id) => !BUNDLED.test(id),
  input: { dialproof: 'dist/cli/main.js' },
});
await bundle.write({ dir: bin, format: 'esm' });
await bundle.close();

await compile('check', 'dist/cli/check/run-check.js');
await compile('serve', 'dist/cli/serve/run-serve.js');

/** One file with all that it needs, and V8's own cache of what a first run has compiled. */
async function compile(part: keyof Compiled, input: string): Promise<void> {
  const file = fileOf(bin, part);
  const whole = await rolldown({ ...options, external: (id) => NEVER_BUNDLED.test(id), input });
  await whole.write({ file, format: 'cjs', codeSplitting: false });
  await whole.close();
  const { module, script } = compiled(bin, part);
  await module.warmUp();
  await writeFile(`${file}.cache`, script.createCachedData());
}

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
