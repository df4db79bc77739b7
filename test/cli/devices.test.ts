/** `dialproof devices` as an operator runs it, a process of its own beside a server that takes calls (security.md 7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Program } from '../support/process.ts';
import { World } from '../support/world.ts';

const TIME = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d UTC`;
const GOOD = String.raw`good until ${TIME}`;

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

async function devices(...args: readonly string[]): Promise<Program> {
  const { DATA_DIR = '', SECRET_KEY = '' } = world.settings;
  const program = new Program(['devices', ...args], { environment: { DATA_DIR, SECRET_KEY } });
  await program.exited;
  return program;
}

const lineOf = (id: string, name: string, state: string): RegExp =>
  new RegExp(`^${id}  +${name}  +${TIME}  ${TIME}  ${state}$`, 'm');

describe('dialproof devices', () => {
  it('lists the remembered browsers of an account, and revokes one of them and then all', async () => {
    const phone = await world.remembersBrowser('1001', 'Safari 18 on iOS');
    const laptop = await world.remembersBrowser('1001', 'Chrome 1.2.3 on Windows');
    const others = await world.remembersBrowser('1002', 'Firefox on Linux');
    const list = await devices('list', ' 1001 ');
    expect(await list.exited).toBe(0);
    expect(list.stdout).toMatch(/^id +browser +last sign-in +last code +state$/m);
    expect(list.stdout).toMatch(lineOf(phone, 'Safari 18 on iOS', GOOD));
    expect(list.stdout).toMatch(lineOf(laptop, String.raw`Chrome 1\.2\.3 on Windows`, GOOD));
    expect(list.stdout).not.toContain(others);

    expect((await devices('revoke', '1001', phone)).stdout).toBe('Revoked: 1 device.\n');
    const after = (await devices('list', '1001')).stdout;
    expect(after).toMatch(lineOf(phone, '.*', `revoked ${TIME}: somebody asked for it`));
    expect(after).toMatch(lineOf(laptop, '.*', GOOD));
    expect((await devices('revoke', '1001')).stdout).toBe('Revoked: 1 device.\n');
    expect((await devices('revoke', '1001')).stdout).toBe('Revoked: 0 devices.\n');
    expect((await devices('list', '1002')).stdout).toMatch(lineOf(others, '.*', GOOD));
  });

  it('shows that wrong codes on the telephone have revoked them', async () => {
    const id = await world.remembersBrowser('1003', 'Chrome on Android');
    for (const [from, wrong] of [
      ['+12025550141', 3],
      ['+12025550142', 3],
      ['+12025550143', 3],
      ['+12025550144', 1],
    ] as const) {
      expect((await devices('list', '1003')).stdout).toMatch(lineOf(id, '.*', GOOD));
      const caller = await world.caller({ from }).dials('two-factor', { AccountNumber: '1003' });
      for (let n = 0; n < wrong; n++) await caller.presses(world.wrongCode);
    }
    expect((await devices('list', '1003')).stdout).toMatch(lineOf(id, '.*', `revoked ${TIME}: its account was locked`));
  });

  it('lets no browser steer the terminal by its name', async () => {
    await world.remembersBrowser('1004', `\u001B[2J\u202Eevil\n${'x'.repeat(100)}`);
    const { stdout } = await devices('list', '1004');
    expect(stdout).toContain('?[2J?evil?xxx');
    expect(stdout).not.toMatch(/[^\P{C}\n]/u);
    expect(stdout.split('\n')).toHaveLength(3);
  });

  it('knows an account of which no browser is remembered', async () => {
    expect((await devices('list', '9999')).stdout).toBe('No browser is remembered.\n');
  });

  it.each([
    [['list'], 2, /missing required argument 'account'/],
    [['list', ' '], 2, /No account was given/],
    [['revoke', ' '], 2, /No account was given/],
    [['revoke', '1001', 'unknown'], 2, /The account has no device "unknown" that could be revoked/],
    [['forget', '1001'], 2, /unknown command 'forget'/],
  ])('%s: exit code %i', async (args, code, says) => {
    const program = await devices(...args);
    expect(await program.exited).toBe(code);
    expect(program.stderr).toMatch(says);
  });

  it('never makes a store where there is none', async () => {
    const program = new Program(['devices', 'list', '1001'], { environment: { DATA_DIR: '/nowhere' } });
    expect(await program.exited).toBe(3);
    expect(program.stderr).toContain('There is no store in DATA_DIR (/nowhere).');
  });
});
