/** Twenty thousand calls: neither memory nor any table grows with them. */
import path from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCompany, type Company } from '../support/company.ts';
import { Customer } from '../support/customer.ts';
import { memoryOf } from '../support/inspector.ts';
import { freePort, Program } from '../support/process.ts';
import { ServerProcesses } from '../support/server-processes.ts';

const CALLS = Number(process.env['SOAK_CALLS'] ?? 20_000);
/** Calls before the first look: caches are filled, and what is compiled is compiled. */
const WARM_UP = 1_000;
/** At the same time. */
const LINES = 16;
const MB = 1024 * 1024;

/** What is kept of calls only for as long as a webhook of theirs may come again. */
const OF_CALLS = ['turns', 'tasks', 'charges', 'challenges', 'code_calls'];

let company: Company;
let servers: ServerProcesses;
let inspector: number;
beforeAll(async () => {
  company = await startCompany();
  inspector = await freePort();
  const settings = {
    ...company.settings,
    // All of them come from one number.
    LOOKUPS_PER_CALLER: '1000000/1h',
    LOG_LEVEL: 'silent',
    NODE_OPTIONS: `--inspect=127.0.0.1:${inspector}`,
  };
  servers = await ServerProcesses.start({ settings, hosts: [company.host] });
});
afterAll(async () => {
  await servers.close();
  await company.close();
});

/** So many whole calls, a wrong code and a right one in each. */
async function calls(first: number, many: number): Promise<number> {
  let next = first;
  let verified = 0;
  const line = async (): Promise<void> => {
    while (next < first + many) {
      const account = String((next += 1));
      const customer = new Customer(servers.address, { account, codes: () => company.codesOf(account), thinks: 0 });
      if (await customer.calls()) verified += 1;
      company.forgets(account);
    }
  };
  await Promise.all(Array.from({ length: LINES }, line));
  return verified;
}

function rows(): Readonly<Record<string, number>> {
  const database = new Database(path.join(servers.folder, 'dialproof.db'), { readonly: true });
  try {
    const count = (from: string): number =>
      (database.prepare(`SELECT COUNT(*) AS n FROM ${from}`).get() as { n: number }).n;
    return {
      ...Object.fromEntries(OF_CALLS.map((table) => [table, count(table)])),
      sessions: count('calls WHERE state IS NOT NULL'),
      calls: count('calls'),
      audit: count('audit'),
    };
  } finally {
    database.close();
  }
}

it(`${CALLS} calls`, { timeout: 3_600_000 }, async () => {
  expect(await calls(100_000, WARM_UP)).toBe(WARM_UP);
  const before = await memoryOf(inspector);
  const started = performance.now();
  expect(await calls(200_000, CALLS)).toBe(CALLS);
  const seconds = (performance.now() - started) / 1_000;
  const after = await memoryOf(inspector);
  console.log(`${CALLS} calls in ${Math.round(seconds)} s`);
  for (const what of ['heapUsed', 'rss'] as const)
    console.log(`${what}: ${(before[what] / MB).toFixed(1)} MB before, ${(after[what] / MB).toFixed(1)} MB after`);
  console.log('rows before the purge', rows());
  const purge = new Program(['purge', '--keep', '0s'], { environment: servers.storeEnvironment });
  expect(await purge.exited).toBe(0);
  console.log(purge.stdout);
  const left = rows();
  console.log('rows after the purge', left);
  expect(left).toMatchObject({ ...Object.fromEntries(OF_CALLS.map((table) => [table, 0])), sessions: 0 });
  expect(after.heapUsed - before.heapUsed).toBeLessThan(30 * MB);
});
