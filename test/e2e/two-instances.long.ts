/** Several instances on one PostgreSQL: to callers they are one. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { startCompany } from '../support/company.ts';
import { Customer } from '../support/customer.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { outcomes } from './alternating-calls.ts';

it(
  '500 calls whose webhooks alternate between two instances hear and count what they do on one',
  { timeout: 600_000 },
  async () => {
    const one = await outcomes(500, 1);
    const two = await outcomes(500, 2);
    expect(two).toEqual(one);
    const ended = (as: string | null) => two.filter(({ counts }) => counts.exit === as).length;
    console.log(`success: ${ended('success')}, agent: ${ended('agent')}, hung up: ${ended(null)}`);
    expect(ended('success')).toBeGreaterThan(100);
  },
);

const OLD = { greeting: 'Before we go on,', wrong: 'That code did not match.' };
const NEW = { greeting: 'One moment before we go on,', wrong: 'That is another code.' };

it(
  'a rolling restart with other wordings: no call is lost, each ends in the words that it began in',
  { timeout: 300_000 },
  async () => {
    const company = await startCompany();
    const settings = { ...company.settings, LOG_LEVEL: 'silent' };
    const servers = await ServerProcesses.start({ processes: 2, store: 'postgres', settings, hosts: [company.host] });
    const prompts = await reworded();
    const address = servers.alternating;
    const calls: Customer[] = [];
    let account = 60_000;
    const over = new AbortController();
    const line = async (): Promise<void> => {
      while (!over.signal.aborted) {
        const number = String((account += 1));
        const customer = new Customer(address, {
          account: number,
          codes: () => company.codesOf(number),
          thinks: 1_500,
        });
        calls.push(customer);
        expect(await customer.calls()).toBe(true);
      }
    };
    const lines = Promise.all(Array.from({ length: 15 }, line));
    await pause(4_000);
    await servers.restart(0, 'SIGTERM', { PROMPTS_DIR: prompts });
    await pause(4_000);
    await servers.restart(1, 'SIGTERM', {});
    await pause(4_000);
    over.abort();
    await lines;
    const began = { old: 0, new: 0 };
    for (const { answered } of calls) {
      const heard = answered.map(({ body }) => body).join(' ');
      const [is, isNot] = heard.includes(NEW.greeting) ? [NEW, OLD] : [OLD, NEW];
      began[is === NEW ? 'new' : 'old'] += 1;
      expect(heard).toContain(is.wrong);
      expect(heard).not.toContain(isNot.wrong);
    }
    console.log(`calls that began in the old words: ${began.old}, in the new ones: ${began.new}`);
    expect(Math.min(began.old, began.new)).toBeGreaterThan(10);
    await servers.close();
    await company.close();
    await rm(prompts, { recursive: true });
  },
);

async function reworded(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-prompts-'));
  await cp('prompts', folder, { recursive: true });
  const file = path.join(folder, 'en-US', 'two-factor.yaml');
  const text = await readFile(file, 'utf8');
  const changed = text.replace(OLD.greeting, NEW.greeting).replaceAll(OLD.wrong, NEW.wrong);
  await writeFile(file, changed);
  return folder;
}
