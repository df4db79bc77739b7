import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openSqliteStore } from '../../../src/adapters/stores/sqlite/open-sqlite-store.ts';
import { begin, CALL, challengeOf, chargeKey, sendOf } from '../../contracts/store/caller.ts';
import { SECRET_KEY, temporaryFolder } from './temporary-store.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const fixture = 'test/adapters/stores/fixtures/store-process';
let compiled: string;

/** Node 20 runs no TypeScript: the child and what it imports are compiled, unchecked, next to node_modules. */
beforeAll(async () => {
  const cache = join(root, 'node_modules/.cache');
  await mkdir(cache, { recursive: true });
  compiled = await mkdtemp(join(cache, 'dialproof-store-process-'));
  await writeFile(join(compiled, 'package.json'), '{"type":"module"}');
  const settings = ['--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--skipLibCheck', '--noCheck'];
  const output = ['--rewriteRelativeImportExtensions', '--rootDir', '.', '--outDir', compiled, '--ignoreConfig'];
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  await run(process.execPath, [compiler, ...settings, ...output, `${fixture}.ts`], { cwd: root });
}, 30_000);
afterAll(() => rm(compiled, { recursive: true, force: true }));

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

/** Says how many calls another process finds. */
const CALLS_THERE = `
  const database = new (require('libsql'))(process.argv[1], { readonly: true });
  process.stdout.write(String(database.prepare('SELECT COUNT(*) AS n FROM calls').get().n));`;

const childOf = (file: string, ...args: readonly string[]) => [join(compiled, `${fixture}.js`), file, ...args];

describe('processes on one SQLite file', () => {
  it('a second connection of one of them takes no lock of the first away: a command beside loses nothing of either', async () => {
    const options = { path: folder.file, secretKeys: [SECRET_KEY] };
    const [first, second] = [await openSqliteStore(options), await openSqliteStore(options)];
    const commands = `
      const database = new (require('libsql'))(process.argv[1]);
      database.exec('SELECT COUNT(*) FROM calls');
      database.close();`;
    await run(process.execPath, ['-e', commands, folder.file], { cwd: root });
    await begin(first.store);
    const { stdout } = await run(process.execPath, ['-e', CALLS_THERE, folder.file], { cwd: root });
    expect(stdout).toBe('1');
    await first.store.close();
    await second.store.close();
  });

  it('killed with SIGKILL lose nothing that they acknowledged', async () => {
    const first = await openSqliteStore({ path: folder.file, secretKeys: [SECRET_KEY] });
    await begin(first.store);
    await first.store.close();
    const child = spawn(process.execPath, childOf(folder.file, 'charge', 'killed'));
    const exited = once(child, 'exit');
    const acknowledged: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(line);
      if (acknowledged.length === 100) child.kill('SIGKILL');
    }
    expect(await exited).toEqual([null, 'SIGKILL']);
    const { store } = await openSqliteStore({ path: folder.file, secretKeys: [SECRET_KEY] });
    const before = await store.readCall(CALL);
    const keys = acknowledged.map((n) => chargeKey({ turn: { kind: 'turn', nonce: 'killed' }, n }));
    const answers = await Promise.all(keys.map((key) => store.chargeSend(sendOf({ key, most: 0 }))));
    expect(answers.filter(({ kind }) => kind !== 'repeated')).toEqual([]);
    expect(before?.sends).toBeGreaterThanOrEqual(100);
    await store.close();
  }, 15_000);

  it('share its limits: no send is lost and no attempt too many is charged', async () => {
    const { store } = await openSqliteStore({ path: folder.file, secretKeys: [SECRET_KEY] });
    await begin(store);
    await store.openChallenge(challengeOf());
    const children = ['a', 'b'].map((name) => run(process.execPath, childOf(folder.file, 'race', name)));
    const told = (await Promise.all(children)).map(({ stdout }) => JSON.parse(stdout));
    expect(told.map(({ sends }) => sends)).toEqual([{ charged: 100 }, { charged: 100 }]);
    expect(told.reduce((sum, { attempts }) => sum + (attempts.charged ?? 0), 0)).toBe(3);
    expect(await store.readCall(CALL)).toMatchObject({ sends: 200, attempts: 3 });
    await store.close();
  }, 15_000);
});
