/** `dialproof lock` as an operator runs it, a process of its own beside a server that takes calls (security.md 1 and 2). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { Program } from '../support/process.ts';
import { World } from '../support/world.ts';

const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d UTC`;

let world: World;
beforeAll(async () => {
  world = await World.open({
    edit: {
      'callflows/two-factor.yaml': [
        ['locked:            { then: agent }', 'locked:            { then: locked }'],
        ['exits:\n', 'exits:\n  locked: { say: transferring, dial: "${AGENT_NUMBER}" }\n'],
      ],
    },
  });
});
afterAll(() => world.close());

async function lock(...args: readonly string[]): Promise<Program> {
  const { DATA_DIR = '', SECRET_KEY = '' } = world.settings;
  const program = new Program(['lock', ...args], { environment: { DATA_DIR, SECRET_KEY } });
  await program.exited;
  return program;
}

/** A call of the account from a number of its own, by one of its two methods. */
async function calls(account: string, { from, by = '1' }: { readonly from: string; readonly by?: string }) {
  const caller = await world.caller({ from }).dials('two-factor', { AccountNumber: account });
  return caller.heard.includes('press 1') ? caller.presses(by) : caller;
}

async function guesses(caller: Caller, most: number): Promise<void> {
  for (let n = 0; n < most; n++) await caller.presses(world.wrongCode);
}

describe('dialproof lock', () => {
  it('an account that redials is locked at its tenth wrong code, stays so after a restart, and is opened by `lock reset`', async () => {
    const exits: (string | null)[] = [];
    for (const [from, by, wrong] of [
      ['+12025550131', '1', 3],
      ['+12025550132', '2', 3],
      ['+12025550133', '1', 3],
      ['+12025550134', '2', 1],
    ] as const) {
      const caller = await calls('1001', { from, by });
      await guesses(caller, wrong);
      exits.push((await world.counts(caller)).exit);
    }
    expect(exits).toEqual(['agent', 'agent', 'agent', 'locked']);

    const sent = world.codesSent;
    expect(await world.counts(await calls('1001', { from: '+12025550135' }))).toMatchObject({
      exit: 'locked',
      sends: 0,
    });
    await world.restarts();
    expect(await world.counts(await calls('1001', { from: '+12025550136' }))).toMatchObject({
      exit: 'locked',
      sends: 0,
    });
    expect(world.codesSent).toBe(sent);
    expect(await world.counts(await calls('1002', { from: '+12025550136' }))).toMatchObject({ exit: null, sends: 1 });

    expect((await lock('show', ' 1001 ')).stdout).toMatch(
      new RegExp(`^locked until ${TIME}, after 10 wrong codes in a row, the last one ${TIME}\\.\n$`),
    );
    expect((await lock('reset', '1001')).stdout).toMatch(/^Forgotten\. The account was locked until .*\.\n$/);
    expect((await lock('reset', '1001')).stdout).toBe('Nothing to forget: no wrong code counts against it.\n');
    expect((await lock('show', '1001')).stdout).toBe('open, and no wrong code since the last right one.\n');
    const caller = await calls('1001', { from: '+12025550137' });
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', grants: 1 });
  });

  it('says how many wrong codes are left before the lock', async () => {
    await guesses(await calls('1003', { from: '+12025550138' }), 2);
    expect((await lock('show', '1003')).stdout).toMatch(
      new RegExp(`^open, after 2 wrong codes in a row, the last one ${TIME}\\. Number 10 locks it\\.\n$`),
    );
  });

  it.each([
    [['show'], 2, /missing required argument 'account'/],
    [['show', ' '], 2, /No account was given/],
    [['open', '1001'], 2, /unknown command 'open'/],
  ])('%s: exit code %i', async (args, code, says) => {
    const program = await lock(...args);
    expect(await program.exited).toBe(code);
    expect(program.stderr).toMatch(says);
  });

  it('never makes a store where there is none', async () => {
    const program = new Program(['lock', 'show', '1001'], { environment: { DATA_DIR: '/nowhere' } });
    expect(await program.exited).toBe(3);
    expect(program.stderr).toContain('There is no store in DATA_DIR (/nowhere).');
  });
});
