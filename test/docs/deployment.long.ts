/** What docs/operations says, as far as it takes long: the build of the image without an engine, backup and restore. */
import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { expect, it } from 'vitest';
import { Caller } from '../support/caller.ts';
import { copyStage, imageStages, run, scratch, startImage } from '../support/deployed.ts';
import { DebianPostgres } from '../support/debian-postgres.ts';
import { installed } from '../support/reverse-proxy.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { fences, readPage } from './markdown.ts';

const { build, image } = imageStages();
const page = readPage('docs/operations/deployment.md');
const settings: Readonly<Record<string, string>> = {
  ...(parseEnv(fences(page).find(({ language }) => language === 'ini')?.text ?? '') as Record<string, string>),
  SECRET_KEY: randomBytes(32).toString('base64'),
};

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
  const servers = await ServerProcesses.start();
  try {
    await expectThatMoment(servers, { under: 'SQLite', environment: { DATA_DIR: servers.folder, BACKUP }, ...at });
    const { printed } = await run('ls', { folder: path.join(servers.folder, 'before') });
    expect(printed).toContain('dialproof.db');
  } finally {
    await servers.close();
  }
});

it('a store of PostgreSQL that is backed up beside the server, and restored, has them as well', async (context) => {
  if (DebianPostgres.programs === null) context.skip('PostgreSQL is not installed');
  await using at = await scratch();
  await using database = await DebianPostgres.start(at.folder);
  const servers = await ServerProcesses.start({ settings: { DATABASE_URL: database.url } });
  try {
    await expectThatMoment(servers, { under: 'PostgreSQL', environment: { DATABASE_URL: database.url }, ...at });
  } finally {
    await servers.close();
  }
});

/** Backs up after a code was sent, uses an attempt, restores by the blocks of the page, and has the attempt again. */
async function expectThatMoment(
  servers: ServerProcesses,
  {
    under,
    ...at
  }: {
    readonly under: string;
    readonly folder: string;
    readonly environment: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const blocks = fences(page).filter((each) => each.under === under && each.language === 'bash');
  const [backUp = '', restore = ''] = blocks.map(({ text }) => text);
  const caller = await new Caller(servers.address).dials('two-factor', { AccountNumber: '1002' });
  const { code, wrongCode } = servers;
  expect(await run(backUp, at)).toMatchObject({ code: 0 });
  await caller.presses(wrongCode);
  expect(await servers.ends(0, 'SIGTERM')).toBe(0);
  expect(await run(restore, at)).toEqual({ code: 0, printed: '' });
  await servers.restart(0, 'SIGTERM');
  expect(await servers.counts(caller)).toMatchObject({ sends: 1, attempts: 0, grants: 0 });
  const again = await new Caller(servers.address, { call: caller.call }).dials('two-factor', { AccountNumber: '1002' });
  await again.presses(code);
  expect(await servers.counts(caller)).toMatchObject({ exit: 'success', attempts: 1, grants: 1 });
}
