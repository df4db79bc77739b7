/** `dialproof enroll` as an operator runs it: a process of its own, beside a server that takes calls. */
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TOTP, ScureBase32Plugin, NobleCryptoPlugin } from 'otplib';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { Program } from '../support/process.ts';
import { World } from '../support/world.ts';

const METHODS = contactMethods('<method name="authenticator"/>');
const URI = /otpauth:\/\/totp\/\S+/;

const NO_KEY =
  'No SECRET_KEY was given, so the store cannot be opened.\n' +
  "Give the SECRET_KEY of the server: run this with the server's settings, as docs/operations/deployment.md shows.\n";
const other = (): string => randomBytes(32).toString('base64');

let stub: StubServer;
let world: World;
beforeAll(async () => {
  stub = await httpStub((response) => void response.end(METHODS));
  world = await World.open({ settings: { CONTACT_METHODS_URL: `${stub.url}methods`, SERVICE_HOSTS: stub.host } });
});
afterAll(async () => {
  await world.close();
  await stub.close();
});

const running: Program[] = [];
afterEach(async () => {
  for (const program of running.splice(0)) await program.ends('SIGKILL');
});

function enroll(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Program {
  const { DATA_DIR = '', SECRET_KEY = '' } = world.settings;
  const program = new Program(['enroll', ...args], {
    typed: true,
    environment: { DATA_DIR, SECRET_KEY, ...environment },
  });
  running.push(program);
  return program;
}

/** The address that the application gets, once the code is asked for. */
async function uriOf(program: Program): Promise<URL> {
  await program.prints('Code that it shows now: ');
  return new URL(URI.exec(program.stdout)?.[0] ?? '');
}

/** What an application of another maker shows for an address. */
async function shownBy(uri: URL, steps = 0): Promise<string> {
  const application = new TOTP({ crypto: new NobleCryptoPlugin(), base32: new ScureBase32Plugin() });
  const secret = uri.searchParams.get('secret') ?? '';
  return application.generate({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
}

async function list(account: string): Promise<string> {
  const program = enroll(['--list', account]);
  expect(await program.exited).toBe(0);
  return program.stdout;
}

/** The exit by which a call of the account ends at once, null where it is asked for a code. */
async function exitOf(account: string): Promise<string | null> {
  return (await world.counts(await world.caller().dials('two-factor', { AccountNumber: account }))).exit;
}

async function enrolled(account: string): Promise<string> {
  const program = enroll([account]);
  program.types(`${await shownBy(await uriOf(program))}\n`);
  expect(await program.exited).toBe(0);
  return /Enrolled: (\w+)/.exec(program.stdout)?.[1] ?? '';
}

describe('dialproof enroll', () => {
  it('D8: shows a QR code and its address, and with a code of the application the next call offers it', async () => {
    const program = enroll([' 7001 ', '--issuer', 'Bank of Example']);
    const uri = await uriOf(program);
    expect(decodeURIComponent(uri.pathname)).toBe('/Bank of Example:7001');
    expect(uri.searchParams.get('issuer')).toBe('Bank of Example');
    expect(uri.searchParams.get('secret')).toMatch(/^[A-Z2-7]{32}$/);
    expect(program.stdout.split('\n').filter((line) => /^[█▀▄ ]{30,}$/.test(line)).length).toBeGreaterThan(15);
    expect(await exitOf('7001')).toBe('agent');
    const code = await shownBy(uri);
    program.types(`${code.slice(0, 3)} ${code.slice(3)}\n`);
    expect(await program.exited).toBe(0);
    const caller = await world.caller().dials('two-factor', { AccountNumber: '7001' });
    await caller.presses(code);
    expect(caller.heard).toContain('That code did not match.');
    await caller.presses(await shownBy(uri, 1));
    expect((await world.counts(caller)).exit).toBe('success');
  });

  it('D8: a code may be mistyped twice; after a third wrong one nothing is left that counts, and the exit code is 1', async () => {
    const good = enroll(['7002']);
    good.types('12345\n\n');
    await good.prints('That is not its code. Code that it shows now: That is not its code.');
    good.types(`${await shownBy(await uriOf(good))}\n`);
    expect(await good.exited).toBe(0);
    const bad = enroll(['7003']);
    const uri = await uriOf(bad);
    bad.types('12345\nabcdef\n１２３４５６\n');
    expect(await bad.exited).toBe(1);
    expect(bad.stderr).toContain('Not enrolled: none of the codes was one of this secret.');
    expect(uri.searchParams.get('secret')).not.toBeNull();
    expect(await exitOf('7003')).toBe('agent');
    expect(await list('7003')).toMatch(/ revoked /);
  });

  it('D8: Ctrl-C leaves nothing behind that counts, and the end of the input neither', async () => {
    const interrupted = enroll(['7004']);
    await uriOf(interrupted);
    expect(await interrupted.ends('SIGINT')).toBe(130);
    const left = enroll(['7004']);
    await uriOf(left);
    left.leaves();
    expect(await left.exited).toBe(1);
    expect(left.stderr).toContain('Not enrolled: no code was entered.');
    const killed = enroll(['7004']);
    await uriOf(killed);
    await killed.ends('SIGKILL');
    expect(await exitOf('7004')).toBe('agent');
    expect(await list('7004')).toMatch(/ revoked .*\n.* revoked .*\n.* never confirmed: it does not count\n$/);
  });

  it('D8: lists what an account has, and revokes one, or all', async () => {
    expect(await list('7005')).toBe('No authenticator is enrolled.\n');
    const [one, two, three] = [await enrolled('7005'), await enrolled('7005'), await enrolled('7005')];
    const lines = (await list('7005')).trimEnd().split('\n');
    expect(lines.map((line) => line.split(' ')[0])).toEqual([one, two, three]);
    expect(lines[0]).toMatch(
      /^\w{16} {2}enrolled [\d-]{10} [\d:]{5} UTC {2}good, newest code accepted: [\d-]{10} [\d:]{5} UTC$/,
    );
    expect(await enroll(['--revoke', one]).exited).toBe(0);
    expect(await exitOf('7005')).toBeNull();
    const other = enroll(['7006', '--revoke', two]);
    expect(await other.exited).toBe(2);
    const all = enroll(['7005', '--revoke', 'all']);
    expect(await all.exited).toBe(0);
    expect(all.stdout).toBe('Revoked: 2 authenticators.\n');
    expect(await exitOf('7005')).toBe('agent');
    const again = enroll(['--revoke', one]);
    expect(await again.exited).toBe(2);
    expect(again.stderr).toContain(`There is no authenticator "${one}" that could be revoked.`);
  });

  it.each([
    ['no account', [], 'No account was given.'],
    ['an account of spaces', ['  '], 'No account was given.'],
    ['all of nobody', ['--revoke', 'all'], 'No account was given.'],
    ['a list and a revocation', ['7001', '--list', '--revoke', 'all'], 'were given together'],
    ['an issuer with a colon', ['7001', '--issuer', 'a:b'], 'cannot be shown by applications'],
    ['an issuer without a name', ['7001', '--issuer', ' '], 'cannot be shown by applications'],
  ])('%s: says what is wrong, exit code 2', async (_what, args, message) => {
    const program = enroll(args);
    expect(await program.exited).toBe(2);
    expect(program.stderr).toContain(message);
  });

  it.each([
    ['where no server has a store', { DATA_DIR: '/nowhere' }, 'There is no store in DATA_DIR (/nowhere).'],
    ['with another SECRET_KEY', { SECRET_KEY: other() }, 'The SECRET_KEY given does not open this store.'],
    [
      'with several others',
      { SECRET_KEY: `${other()},${other()}` },
      'None of the 2 SECRET_KEYs given opens this store.',
    ],
    ['in production without a SECRET_KEY', { SECRET_KEY: '', NODE_ENV: 'production' }, NO_KEY],
    ['without the SECRET_KEY that the server has', { SECRET_KEY: '' }, NO_KEY],
  ])('%s: says so, exit code 3', async (_what, environment, message) => {
    const program = enroll(['7001'], environment);
    expect(await program.exited).toBe(3);
    expect(program.stderr).toContain(message);
  });
});
