/** `dialproof calls` as an operator runs it, a process of its own beside a server that takes calls. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callsTable } from '../../src/cli/calls/listed.ts';
import type { Caller } from '../support/caller.ts';
import { Program } from '../support/process.ts';
import { World } from '../support/world.ts';

let world: World;
let proved: Caller;
let guessing: Caller;
beforeAll(async () => {
  world = await World.open();
  proved = await world.caller().dials('two-factor', { AccountNumber: '1002' });
  await proved.presses(world.code);
  world.clock.advance(60_000);
  guessing = await world.caller({ from: '+12025550141' }).dials('two-factor', { AccountNumber: '1003' });
  world.clock.advance(65_000);
  await guessing.presses(world.wrongCode);
});
afterAll(() => world.close());

async function calls(...args: readonly string[]): Promise<Program> {
  const { DATA_DIR = '', SECRET_KEY = '' } = world.settings;
  const program = new Program(['calls', ...args], { environment: { DATA_DIR, SECRET_KEY } });
  await program.exited;
  return program;
}

const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d UTC`;

describe('dialproof calls', () => {
  it('lists the calls that began last, the newest first: where they stand or how they left', async () => {
    const { stdout, exited } = await calls('--since', '365d');
    expect(await exited).toBe(0);
    const [head, ...rows] = stdout.trimEnd().split('\n');
    expect(head).toMatch(/^began +callflow +where +turns +codes +tries +took +call$/);
    expect(rows[0]).toMatch(new RegExp(`^${TIME}  two-factor  is at [\\w-]+ +2 +1 +1 +1:0[5-9]  ${guessing.call}$`));
    expect(rows[1]).toMatch(new RegExp(`^${TIME}  two-factor  left by success +2 +1 +1 +0:0[0-5]  ${proved.call}$`));
    expect(rows).toHaveLength(2);
  });

  it('lists only so many, or only those that left by an exit; as JSON for scripts', async () => {
    const { stdout: newest } = await calls('--since', '365d', '--limit', '1');
    expect(newest).toContain(guessing.call);
    expect(newest).not.toContain(proved.call);
    const { stdout } = await calls('--since', '365d', '--exit', 'success', '--json');
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({ call: proved.call, exit: 'success', phase: 'ended', sends: 1, attempts: 1 }),
    ]);
  });

  it('says which calls there are none of', async () => {
    expect((await calls('--since', '365d', '--exit', 'nope')).stdout).toBe(
      'No call that began within 365d left by "nope".\n',
    );
    expect(callsTable([], { since: '1m' })).toBe('No call began within 1m.\n');
  });

  it('tells what happened in one call, without saying who called and where the code went', async () => {
    const { stdout, exited } = await calls(proved.call);
    expect(await exited).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(new RegExp(`^${proved.call}, ${TIME}$`));
    expect(lines[1]).toBe('two-factor: left by success; 2 turns, 1 code, 1 tried');
    expect(lines.slice(3).map((line) => line.trim().split(/ {2,}/)[1])).toEqual([
      'a callflow begins',
      'a code is sent',
      'a code is tried',
      'the code was right: the account is proved',
      'the callflow is left',
      'the call ends',
    ]);
    expect(stdout).toContain('two-factor: success');
    expect(stdout).toMatch(/a code is sent +email /);
    for (const secret of ['1002', 'ben@', world.code]) expect(stdout).not.toContain(secret);
    const told = JSON.parse((await calls(guessing.call, '--json')).stdout) as { audit: readonly { kind: string }[] };
    expect(told).toMatchObject({ call: guessing.call, callflow: 'two-factor', phase: 'active', exit: null });
    expect(told.audit.map(({ kind }) => kind)).toEqual(['start', 'send', 'attempt']);
  });

  it.each([
    [['CA-unknown'], 2, /The store knows no call "CA-unknown"/],
    [['--since', 'yesterday'], 2, /"yesterday" is not a length of time/],
    [['--limit', '0'], 2, /"0" is not a number of calls/],
  ])('%s: exit code %i', async (args, code, says) => {
    const program = await calls(...args);
    expect(await program.exited).toBe(code);
    expect(program.stderr).toMatch(says);
  });

  it('never makes a store where there is none', async () => {
    const program = new Program(['calls'], { environment: { DATA_DIR: '/nowhere' } });
    expect(await program.exited).toBe(3);
    expect(program.stderr).toContain('There is no store in DATA_DIR (/nowhere).');
  });
});
