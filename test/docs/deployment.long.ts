/** What docs/operations says, as far as it takes long: the build of the image without an engine, backup and restore. */
import { mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { copyStage, imageStages, run, scratch, startImage } from '../support/deployed.ts';
import { installed } from '../support/reverse-proxy.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { fences, readPage } from './markdown.ts';

const { build, image } = imageStages();
const page = readPage('docs/operations/deployment.md');
const settings = parseEnv(fences(page).find(({ language }) => language === 'ini')?.text ?? '') as Record<
  string,
  string
>;

it('the image of the Containerfile builds, holds no module for development, and starts, is healthy and drains', async () => {
  await using at = await scratch();
  const built = path.join(at.folder, 'build');
  const made = path.join(at.folder, 'image');
  await copyStage(build, built);
  for (const line of build.runs)
    expect([line, await run(line, { folder: built })]).toEqual([line, { code: 0, printed: expect.anything() }]);
  await copyStage(image, made, built);
  const modules = await run('ls node_modules', { folder: made });
  const names = modules.printed.split('\n');
  expect(names).toContain('libsql');
  expect(names.filter((name) => ['typescript', 'vitest', 'oxlint', 'playwright-core'].includes(name))).toEqual([]);
  const { program, environment } = await startImage(made, settings);
  try {
    expect(await run(image.healthCheck, { folder: made, environment })).toEqual({ code: 0, printed: '' });
    const [node = '', main = ''] = image.command;
    const lock = await run([node, main, 'lock', 'show', '1001'], { folder: made, environment });
    expect(lock).toMatchObject({ code: 0 });
  } finally {
    expect(await program.ends('SIGTERM')).toBe(0);
  }
});

it('a store of SQLite that is backed up beside the server, and restored, has the calls and codes of that moment', async (context) => {
  if (installed('sqlite3') === null) context.skip('sqlite3 is not installed');
  await using at = await scratch();
  const BACKUP = path.join(at.folder, 'backup');
  await mkdir(BACKUP);
  const [backUp = '', restore = ''] = fences(page)
    .filter(({ under, language }) => under === 'SQLite' && language === 'bash')
    .map(({ text }) => text);
  const servers = await ServerProcesses.start();
  try {
    const environment = { DATA_DIR: servers.folder, BACKUP };
    const caller = await new Caller(servers.address).dials('two-factor', { AccountNumber: '1002' });
    const { code, wrongCode } = servers;
    expect(await run(backUp, { folder: at.folder, environment })).toEqual({ code: 0, printed: 'ok\n' });
    await caller.presses(wrongCode);
    expect(await servers.ends(0, 'SIGTERM')).toBe(0);
    expect(await run(restore, { folder: at.folder, environment })).toEqual({ code: 0, printed: '' });
    const store = (await readdir(servers.folder)).filter((name) => name.startsWith('dialproof.db'));
    expect(store).toEqual(['dialproof.db']);
    await servers.restart(0, 'SIGTERM');
    expect(await servers.counts(caller)).toMatchObject({ sends: 1, attempts: 0, grants: 0 });
    const asked = await new Caller(servers.address, { call: caller.call }).dials('two-factor', {
      AccountNumber: '1002',
    });
    await asked.presses(code);
    expect(await servers.counts(caller)).toMatchObject({ exit: 'success', attempts: 1, grants: 1 });
  } finally {
    await servers.close();
  }
});
