/** `dialproof purge` as an operator runs it, a process of its own beside a server that takes calls (security.md 6). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { Program } from '../support/process.ts';
import { World } from '../support/world.ts';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

async function purge(...args: readonly string[]): Promise<Program> {
  const { DATA_DIR = '', SECRET_KEY = '' } = world.settings;
  const program = new Program(['purge', ...args], { environment: { DATA_DIR, SECRET_KEY } });
  await program.exited;
  return program;
}

/** A row of what it prints. */
function row({ stdout }: Program, what: string): { readonly removed: number; readonly left: number } | null {
  const found = new RegExp(`^ *(\\d+) +(\\d+)  ${what}$`, 'm').exec(stdout);
  return found && { removed: Number(found[1]), left: Number(found[2]) };
}

async function wholeCall(): Promise<Caller> {
  const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
  return caller.presses(world.code);
}

describe('dialproof purge', () => {
  it('leaves calls in progress alone, and what a repeat of a webhook could still ask for', async () => {
    const ended = await wholeCall();
    await ended.hangsUp();
    const going = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    const program = await purge();
    expect(await program.exited).toBe(0);
    expect(row(program, 'codes')).toEqual({ removed: 0, left: 2 });
    await going.presses(world.code);
    expect(await world.counts(going)).toMatchObject({ grants: 1 });
    await going.hangsUp();
  });

  it('--keep 0s: nothing of ended calls is left but their names, and a repeat of theirs hears the end', async () => {
    const start = '/voice/two-factor?AccountNumber=1002';
    const ended = await world.caller().go(start);
    const { action } = ended;
    await ended.presses(world.code);
    await ended.hangsUp();
    const sent = world.inbox.messages.length;
    const program = await purge('--keep', '0s');
    for (const what of ['webhooks and their replies', 'charges of sends and attempts', 'codes', 'held tasks'])
      expect([what, row(program, what)?.left]).toEqual([what, 0]);
    expect(row(program, 'codes')?.removed).toBe(3);
    expect(row(program, 'names of calls')).toEqual({ removed: 0, left: 3 });
    expect(row(program, 'grants')).toEqual({ removed: 0, left: 3 });
    for (const url of [start, action])
      expect((await ended.go(url, { Digits: '123456' })).verbs).toEqual([{ verb: 'hangup' }]);
    expect(world.inbox.messages).toHaveLength(sent);
    await wholeCall();
  });

  it('RETENTION_REPLIES=0s: the sweep of the server does the same', async () => {
    const own = await World.open({ settings: { RETENTION_REPLIES: '0s' } });
    try {
      const caller = await own.caller().dials('two-factor', { AccountNumber: '1002' });
      await caller.presses(own.code);
      await caller.hangsUp();
      await own.restarts();
      // The first sweep of the server is on its way when it starts.
      await expect.poll(async () => (await own.rows()).challenges, { timeout: 10_000 }).toBe(0);
      expect(await own.rows()).toMatchObject({ calls: 1, turns: 0, tasks: 0, charges: 0, grants: 1 });
    } finally {
      await own.close();
    }
  });

  it.each([
    [['--keep', '1 day'], 2, /"1 day" is not a length of time/],
    [['now'], 2, /too many arguments/],
  ])('%s: exit code %i', async (args, code, says) => {
    const program = await purge(...args);
    expect(await program.exited).toBe(code);
    expect(program.stderr).toMatch(says);
  });

  it('never makes a store where there is none', async () => {
    const program = new Program(['purge'], { environment: { DATA_DIR: '/nowhere' } });
    expect(await program.exited).toBe(3);
    expect(program.stderr).toContain('There is no store in DATA_DIR (/nowhere).');
  });
});
