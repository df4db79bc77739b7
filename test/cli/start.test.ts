import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import net from 'node:net';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callCommand } from '../../src/cli/call.ts';
import { exitCodeOf, explain } from '../../src/cli/exit-codes.ts';
import { createLog } from '../../src/cli/log.ts';
import { startService } from '../../src/cli/serve/start-service.ts';
import { Caller } from '../support/caller.ts';
import { freePort, Program } from '../support/process.ts';
import { temporarySchema } from '../support/postgres.ts';
import { httpStub } from '../support/stub-server.ts';

const closers: (() => unknown)[] = [];
afterAll(async () => {
  for (const close of closers.reverse()) await close();
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-start-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A server process; gone at the end. */
function serve(environment: Readonly<Record<string, string>>): Program {
  const program = new Program(['serve'], { environment });
  closers.push(() => program.ends('SIGKILL'));
  return program;
}

/** Runs to its end. */
async function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const program = new Program(args, { environment });
  const code = await program.exited;
  return { code, stdout: program.stdout, stderr: program.stderr, ms: performance.now() - program.started };
}

/** Why a server does not start, without a process of its own. */
async function refusal(environment: Readonly<Record<string, string>>) {
  const error: unknown = await startService(environment, { makeLog: createLog }).then(
    (service) => service.close(),
    (reason: unknown) => reason,
  );
  return { code: exitCodeOf(error), text: explain(error) };
}

/** Mistakes of others are explained; a stack is for ours. */
const STACK = /^ +at /m;

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

describe('npm start, with nothing configured', () => {
  let environment: Record<string, string>;
  let program: Program;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'dialproof-start-'));
    environment = { PORT: String(await freePort()), DATA_DIR: path.join(folder, 'data') };
    program = new Program(['serve'], { environment });
    console.log(`ready after ${Math.round(await program.ready())} ms`);
  });
  afterAll(async () => {
    await program.ends('SIGKILL');
    await rm(folder, { recursive: true });
  });

  it('says where to look when it is ready', async () => {
    expect(program.stderr).toContain(`Voice webhook: http://localhost:${environment['PORT']}/voice/main`);
    expect(program.stderr).toContain(`http://localhost:${environment['PORT']}/demo`);
    expect(program.stderr).toContain('npx dialproof call main --keys "1001#,2,{code}"');
    expect((await fetch(`http://127.0.0.1:${environment['PORT']}/readyz`)).status).toBe(200);
  });

  it.each([
    ['by text message', '1001#,2,{code}'],
    ['by email', '1001#,1,{code}'],
  ])('the call that the README shows, with the code %s, ends with 0', async (_how, keys) => {
    const { code, stdout, stderr } = await run(['call', 'main', '--keys', keys], environment);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(stdout).toMatch(/success/);
  });

  it.each<[what: string, args: readonly string[], code: number]>([
    ['an account with email only', ['main', '--keys', '1002#,{code}'], 0],
    ['an account with text messages only', ['main', '--keys', '1003#,{code}'], 0],
    ['an account without a contact method', ['main', '--keys', '1004#', '--ends', 'agent'], 0],
    ['an account with email and an authenticator, by email', ['main', '--keys', '1005#,1,{code}'], 0],
    ['the same by authenticator', ['main', '--keys', '1005#,2,{wrong},{code}'], 0],
    ['the same again within its 30 seconds: the next code counts already', ['main', '--keys', '1005#,2,{code}'], 0],
    ['an account that is unknown', ['main', '--keys', '4711#', '--ends', 'agent'], 0],
    ['a wrong code, then the right one', ['main', '--keys', '1003#,{wrong},{code}'], 0],
    ['a wrong code three times', ['main', '--keys', '1001#,2,{wrong},{wrong},{wrong}', '--ends', 'agent'], 0],
    ['key 0 for a person', ['main', '--keys', '1001#,0', '--ends', 'agent'], 0],
    ['nothing but silence', ['main', '--keys', '', '--ends', 'agent'], 0],
    [
      'a wrong code three times, and that should be a success',
      ['main', '--keys', '1001#,2,{wrong},{wrong},{wrong}'],
      1,
    ],
    ['a callflow that there is not', ['nowhere', '--keys', '1'], 1],
  ])('dialproof call: %s', async (_what, args, code) => {
    const stdout = new PassThrough();
    const ended = new Promise<number>((finish) => {
      const { PORT, DATA_DIR: dataDir = '' } = environment;
      const settings = { host: '127.0.0.1', port: Number(PORT), publicUrl: `http://localhost:${PORT}`, dataDir };
      void callCommand({ environment: () => settings, stdout, stderr: new PassThrough(), finish }).parseAsync(args, {
        from: 'user',
      });
    });
    const exitCode = await ended;
    expect({ exitCode, said: String(stdout.read()) }).toMatchObject({ exitCode: code });
  });

  it.each([
    ['mian', 'The server has no callflow "mian". Did you mean "main"? There are: main, otp-nodes, two-factor.'],
    ['web-sign-in', '"web-sign-in" is for the web and answers no call: open http://127.0.0.1:'],
  ])('dialproof call %s, which is no callflow of the telephone: said after the call', async (name, said) => {
    const { code, stdout, stderr } = await run(['call', name, '--keys', ''], environment);
    expect(stdout).toContain('Exit:  none that the demo knows of');
    expect(stderr).toContain(`\n${said}`);
    expect(code).toBe(1);
  });

  it('dialproof call: of a server with other callflows than are here, nothing is said', async () => {
    const here = await temporaryFolder();
    await cp('callflows/main.yaml', path.join(here, 'main.yaml'));
    const { stderr } = await run(['call', 'two-factor', '--keys', '{hangup}'], { ...environment, CALLFLOWS_DIR: here });
    expect(stderr).not.toContain('has no callflow');
  });

  it('makes its secrets once, for its owner only, and prints none of them', async () => {
    const data = environment['DATA_DIR'] ?? '';
    const names = await readdir(data);
    expect(names).toEqual(
      expect.arrayContaining(['secret-key', 'twilio-auth-token', 'twilio-account-sid', 'dialproof.db']),
    );
    for (const name of names) {
      const { mode } = await stat(path.join(data, name));
      expect({ name, mode: (mode & 0o777).toString(8) }).toEqual({ name, mode: '600' });
    }
    expect(((await stat(data)).mode & 0o777).toString(8)).toBe('700');
    for (const name of ['secret-key', 'twilio-auth-token']) {
      const secret = (await readFile(path.join(data, name), 'utf8')).trim();
      expect(program.stderr + program.stdout).not.toContain(secret);
    }
  });

  it('a second server on the same port ends at once and says why', async () => {
    const other = await run(['serve'], { ...environment, DATA_DIR: path.join(folder, 'other') });
    expect({ code: other.code, stderr: other.stderr }).toEqual({
      code: 3,
      stderr: expect.stringContaining(
        `PORT ${environment['PORT']} is in use by another program: end it, or set another PORT\n`,
      ) as string,
    });
  });
});

describe.concurrent('SIGTERM', () => {
  it('a turn in flight is answered; then the process ends with 0, and the call goes on after a restart', async () => {
    let reach: () => void = () => undefined;
    const reached = new Promise<void>((resolve) => (reach = resolve));
    const slow = await httpStub((response) => {
      reach();
      setTimeout(() => response.end(), 1_500);
    });
    closers.push(() => slow.close());
    const port = String(await freePort());
    const environment = {
      PORT: port,
      PUBLIC_URL: `http://localhost:${port}`,
      DATA_DIR: await temporaryFolder(),
      TWILIO_AUTH_TOKEN: 'token',
      SMS_URL: slow.url,
      SERVICE_HOSTS: slow.host,
    };
    const first = serve(environment);
    await first.ready();
    const caller = new Caller({
      server: `http://127.0.0.1:${port}`,
      publicUrl: environment.PUBLIC_URL,
      authToken: 'token',
    });
    await caller.dials('main');
    const turn = caller.presses('1003');
    await reached;
    const code = first.ends('SIGTERM');
    await turn;
    expect(caller.heard).toContain('We sent a code by text message');
    expect(await code).toBe(0);
    const second = serve(environment);
    await second.ready();
    await caller.presses('*');
    expect(caller.heard).toContain('You have more options.');
  });

  it('DRAIN_FOR: it is not ready, so that a balancer leaves it alone, and answers meanwhile, on connections that nobody keeps', async () => {
    const port = String(await freePort());
    const publicUrl = `http://localhost:${port}`;
    const server = `http://127.0.0.1:${port}`;
    const settings = { PORT: port, DATA_DIR: await temporaryFolder(), TWILIO_AUTH_TOKEN: 'token', DRAIN_FOR: '3s' };
    const program = serve(settings);
    await program.ready();
    const caller = await new Caller({ server, publicUrl, authToken: 'token' }).dials('main');
    const code = program.ends('SIGTERM');
    const ready = () => fetch(`${server}/readyz`);
    await expect.poll(async () => (await ready()).status, { timeout: 2_500 }).toBe(503);
    const told = await ready();
    expect(await told.json()).toEqual({ status: 'not ready', reasons: ['The server is being stopped.'] });
    expect(told.headers.get('connection')).toBe('close');
    await caller.presses('1002');
    expect(caller.heard).toContain('We emailed a code');
    expect(await code).toBe(0);
  });

  it('nothing in flight: it ends at once', async () => {
    const program = serve({ PORT: '0', DATA_DIR: await temporaryFolder() });
    await program.ready();
    const asked = performance.now();
    expect(await program.ends('SIGTERM')).toBe(0);
    expect(performance.now() - asked).toBeLessThan(2_000);
  });
});

describe.concurrent('wrong settings: nothing starts, exit code 3, and everything that is wrong is listed', () => {
  it('all problems together: settings, what production lacks, callflows with file, line and column, and bounds', async () => {
    const folder = await temporaryFolder();
    const callflows = await brokenCallflows(folder);
    const secret = randomBytes(16).toString('base64');
    const { code, stderr, stdout, ms } = await run(['serve'], {
      NODE_ENV: 'production',
      PORT: 'eighty',
      SECRET_KEY: secret,
      SMS_TIMEOUT: '5',
      TWILIO_AUTH_TOKEN: '',
      SMS_METHOD: 'FETCH',
      SMS_URL: 'https://gateway.example.com/',
      CALLFLOWS_DIR: callflows,
      DATA_DIR: path.join(folder, 'data'),
    });
    expect(code).toBe(3);
    console.log(`refused after ${Math.round(ms)} ms`);
    for (const name of ['PORT', 'SECRET_KEY', 'SMS_TIMEOUT', 'TWILIO_AUTH_TOKEN', 'PUBLIC_URL', 'SMS_METHOD'])
      expect(stderr).toContain(name);
    expect(stderr).toMatch(/broken\.yaml:4:\d+ +error CF\d+/);
    expect(stderr).toMatch(/^ +\| +\^+$/m);
    expect(stderr + stdout).not.toContain(secret);
    expect(await readdir(folder)).not.toContain('data');
  });

  it('what production needs and does not have, each with why (D16)', async () => {
    const { code, text } = await refusal({
      NODE_ENV: 'production',
      DATA_DIR: await temporaryFolder(),
      TEST_NUMBERS: '+12025550100',
    });
    expect(code).toBe(3);
    for (const name of [
      'PUBLIC_URL',
      'SECRET_KEY',
      'TWILIO_AUTH_TOKEN',
      'AGENT_NUMBER',
      'EMAIL_SMTP_HOST',
      'SMS_URL',
    ]) {
      expect(text).toMatch(new RegExp(`^ {2}- ${name} is not set, and `, 'm'));
    }
    expect(text).toContain('the production address of the service "contact-methods"');
    expect(text).toContain('the test address of the service "contact-methods"');
    // Without it, `check` has the settings of the demo company.
    const [, says = ''] = /NODE_ENV=production npx dialproof (check) says which setting it is$/m.exec(text) ?? [];
    const checked = await run([says], { NODE_ENV: 'production' });
    expect(checked.stdout).toContain('CONTACT_METHODS_URL is not set');
  });

  it('D15: a callflow beyond the bounds needs ALLOW_NONCONFORMANT, and then there are warnings', async () => {
    const folder = await temporaryFolder();
    const words = ['code.digits is 4', 'code.lasts is 30 minutes', 'limits.sends.most is 9'];
    const environment = { PORT: '0', CALLFLOWS_DIR: await laxCallflows(folder), DATA_DIR: path.join(folder, 'data') };
    const refused = await refusal(environment);
    for (const each of words) expect(refused.text).toContain(`${each}; `);
    expect(refused.text).toContain('set ALLOW_NONCONFORMANT=true');
    const strict = await refusal({ ...environment, PROFILE: 'strict' });
    for (const each of [...words, 'PROFILE=strict refuses codes by email']) expect(strict.text).toContain(each);
    expect(strict.text).not.toContain('ALLOW_NONCONFORMANT');
    const allowed = serve({ ...environment, ALLOW_NONCONFORMANT: 'true' });
    await allowed.ready();
    for (const each of words) expect(allowed.stderr).toMatch(new RegExp(`^Warning: .*${each}`, 'm'));
  });

  it.each<[what: string, settings: Record<string, string>, words: RegExp]>([
    ['a key that is too short', { SECRET_KEY: 'c2hvcnQ=' }, /^ {2}- SECRET_KEY must be 32 bytes/m],
    [
      'a key that nobody made',
      { SECRET_KEY: Buffer.alloc(32).toString('base64') },
      /^ {2}- SECRET_KEY must be random, and is one byte 32 times; make one with: openssl rand -base64 32$/m,
    ],
    ['an SMS gateway that is no address', { SMS_URL: 'gateway' }, /SMS_URL/],
    ['an SMS method that there is not', { SMS_URL: 'https://gateway.example.com/', SMS_METHOD: 'FETCH' }, /SMS_METHOD/],
    [
      'a platform and proxies that could be anybody',
      {
        ENHANCED_AUTHENTICATION_KEY: 'secret',
        ENHANCED_AUTHENTICATION_NETWORKS: '0.0.0.0/1',
        TRUSTED_PROXIES: '::/0',
      },
      /_KEY must be a random text of at least 22 [\s\S]*_NETWORKS must be .* at least \/8[\s\S]*_PROXIES must be .* at least \/8/,
    ],
    [
      'a length of time that is none',
      { DRAIN_FOR: 'soon' },
      /^ {2}- DRAIN_FOR must be a length of time like 5s, 30m or 24h$/m,
    ],
    ['a host with a scheme', { SERVICE_HOSTS: 'http://10.0.0.5' }, /^ {2}- SERVICE_HOSTS must be host or host:port/m],
    [
      'the address of a database whose password is not escaped',
      { DATABASE_URL: 'postgres://dialproof:se#cret@127.0.0.1:5432/dialproof' },
      /^ {2}- DATABASE_URL must be postgres:(?!.*cret).* @ : \/ # % in the password are written %40 %3A %2F %23 %25$/m,
    ],
    ['a folder that there is not', { CALLFLOWS_DIR: '/nowhere/at/all' }, /CALLFLOWS_DIR/],
  ])('%s', async (_what, settings, words) => {
    const { code, text } = await refusal({ PORT: '0', DATA_DIR: await temporaryFolder(), ...settings });
    expect(code).toBe(3);
    expect(text).toMatch(words);
  });

  it.each(['serve', 'dev'])('%s: a name in .env that looks like a setting, before all else', async (command) => {
    const folder = await temporaryFolder();
    const others = 'CALLFLOW_DIR=x\nCOMPOSE_PROJECT_NAME=line\nSMS_TIMEOUT=5000\n';
    await writeFile(path.join(folder, '.env'), `SMS_URLL=https://gateway.example.com/\n${others}PORT=eighty\n`);
    const program = new Program([command], { folder });
    expect(await program.exited).toBe(3);
    expect(program.stderr).toMatch(
      /^Warning: SMS_URLL in \.env is no setting\. Did you mean SMS_URL\?\nThe settings cannot be used:\n.*PORT/,
    );
  });
  it.each([['serve'], ['dev'], ['check'], ['calls'], ['lock show 1001'], ['call main --keys 1'], ['prompts missing']])(
    'an .env that cannot be read: dialproof %s',
    async (typed) => {
      const folder = await temporaryFolder();
      await mkdir(path.join(folder, '.env'));
      const program = new Program(typed.split(' '), { folder });
      expect({ code: await program.exited, stderr: program.stderr }).toEqual({
        code: 3,
        stderr:
          '.env cannot be read (EISDIR).\nSee that it is a file, and that this user may read it; or remove it, and set everything in the environment.\n',
      });
    },
  );

  it('an address of another machine', async () => {
    const { code, stderr } = await run(['serve'], {
      PORT: '0',
      HOST: '203.0.113.1',
      DATA_DIR: await temporaryFolder(),
    });
    expect(code).toBe(3);
    expect(stderr).toContain('HOST');
    expect(stderr).not.toMatch(STACK);
  });

  it('a DATA_DIR that cannot be made', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'file'), '');
    const { code, stderr } = await run(['serve'], { PORT: '0', DATA_DIR: path.join(folder, 'file', 'data') });
    expect(code).toBe(3);
    expect(stderr).toContain('DATA_DIR');
    expect(stderr).not.toMatch(STACK);
  });

  it('a DATA_DIR whose store is no database', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'dialproof.db'), 'This is a letter.\n'.repeat(100));
    const { code, stderr } = await run(['serve'], { PORT: '0', DATA_DIR: folder });
    expect({ code, stderr }).toMatchObject({ code: 3 });
  });

  it('a store that was made with another SECRET_KEY', async () => {
    const folder = await temporaryFolder();
    const environment = { PORT: '0', DATA_DIR: folder };
    const first = serve({ ...environment, SECRET_KEY: randomBytes(32).toString('base64') });
    await first.ready();
    await first.ends('SIGTERM');
    const key = randomBytes(32).toString('base64');
    const { code, stderr } = await run(['serve'], { ...environment, SECRET_KEY: key });
    expect(code).toBe(3);
    expect(stderr).toContain('SECRET_KEY');
    expect(stderr).not.toContain(key);
  });
});

describe.concurrent('wrong usage: exit code 2', () => {
  it.each([
    ['a command that there is not', ['sing']],
    ['an option that there is not', ['serve', '--loud']],
    ['keys that no telephone has', ['call', 'main', '--keys', 'abc']],
  ])('%s', async (_what, args) => {
    const { code, stderr } = await run(args, { DATA_DIR: await temporaryFolder() });
    expect(code).toBe(2);
    expect(stderr).not.toBe('');
  });

  it('--version says which Dialproof this is', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    const { code, stdout } = await run(['--version']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${version}\n` });
  });

  it('asking for help is no mistake', async () => {
    const { code, stdout } = await run(['call', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('Usage: dialproof');
  });
});

async function brokenCallflows(folder: string): Promise<string> {
  const callflows = path.join(folder, 'callflows');
  await cp('callflows', callflows, { recursive: true });
  await writeFile(
    path.join(callflows, 'broken.yaml'),
    ['callflow: broken', 'start: hello', 'blocks:', '  hello: { sing: greeting, next: nowhere }', ''].join('\n'),
  );
  return callflows;
}

async function laxCallflows(folder: string): Promise<string> {
  const callflows = path.join(folder, 'callflows');
  await cp('callflows', callflows, { recursive: true });
  const file = path.join(callflows, 'two-factor.yaml');
  const text = await readFile(file, 'utf8');
  const lax = text
    .replace('digits: 6', 'digits: 4')
    .replace('lasts: 5m', 'lasts: 30m')
    .replace(/(sends: +\{ most:) 3/, '$1 9');
  await writeFile(file, lax);
  return callflows;
}

describe('a start that fails once PostgreSQL is open', () => {
  // Its idle connections would hold the process for 10 seconds more.
  it('ends at once', { timeout: 9_000 }, async () => {
    const port = await freePort();
    const other = net.createServer().listen(port, '127.0.0.1');
    await once(other, 'listening');
    const settings = { PORT: String(port), DATA_DIR: await temporaryFolder(), DATABASE_URL: await temporarySchema() };
    expect(await run(['serve'], settings)).toMatchObject({ code: 3 });
    other.close();
  });
});

describe('log lines', () => {
  const call = ['call', 'main', '--keys', '1001#,2,{code}'];

  async function servedWithLog(stdout: string) {
    const environment = { PORT: String(await freePort()), DATA_DIR: path.join(await temporaryFolder(), 'data') };
    const program = new Program(['serve'], { environment, stdout });
    closers.push(() => program.ends('SIGKILL'));
    await program.ready();
    return { environment, program };
  }

  /** A pipe that is full, and that nobody reads. */
  async function fullPipe(): Promise<string> {
    const pipe = path.join(await temporaryFolder(), 'pipe');
    execFileSync('mkfifo', [pipe]);
    const file = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK);
    closers.push(() => closeSync(file));
    // Up to the last byte.
    for (let most = 65_536; most >= 1; most = Math.floor(most / 2)) while (taken(file, most));
    return pipe;
  }

  function taken(file: number, bytes: number): boolean {
    try {
      return writeSync(file, Buffer.alloc(bytes)) > 0;
    } catch {
      return false;
    }
  }

  it.each([
    ['their disk is full', () => Promise.resolve('/dev/full')],
    ['nobody reads them', fullPipe],
  ])('are lost where %s: calls go on, and the server ends when it is told to', async (_where, output) => {
    const { environment, program } = await servedWithLog(await output());
    for (let times = 0; times < 2; times++) expect(await run(call, environment)).toMatchObject({ code: 0 });
    expect(await program.ends('SIGTERM')).toBe(0);
  });

  it('of a call are all in the file that takes them, with its CallSid', async () => {
    const file = path.join(await temporaryFolder(), 'log');
    const { environment } = await servedWithLog(file);
    expect(await run(call, environment)).toMatchObject({ code: 0 });
    const lines = (await readFile(file, 'utf8')).trim().split('\n');
    const calls = lines.flatMap((line) => (JSON.parse(line) as { readonly call?: string }).call ?? []);
    expect(new Set(calls).size).toBe(1);
    expect(calls.length).toBeGreaterThan(3);
  });
});
