import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import webhooks from 'twilio/lib/webhooks/webhooks.js';
import { afterEach, describe, expect, it } from 'vitest';
import { callCommand } from '../../src/cli/call.ts';
import type { CallEnvironment } from '../../src/cli/call/call-environment.ts';
import { runCall } from '../../src/cli/call/run-call.ts';
import { listen } from '../telephone/listen.ts';

const PUBLIC_URL = 'https://voice.example.com';
const TOKEN = 'generated-token';
const SID = `AC${'a'.repeat(32)}`;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

interface Post {
  readonly path: string;
  readonly parameters: Record<string, string>;
}

/** What the small server below knows of its one call. */
interface Line {
  readonly posts: Post[];
  exit: string | null;
  sends: number;
  attempts: number;
  readonly messages: { method: 'email'; to: string; text: string; code: string | null; at: number }[];
}

type Turn = (post: Post, line: Line) => string;

const gather = (said: string, silent = '/silent') =>
  `<Gather action="${PUBLIC_URL}/turn" numDigits="6" timeout="8"><Say>${said}</Say></Gather><Redirect>${PUBLIC_URL}${silent}</Redirect>`;

/** A server that asks for a code and knows two of them: the newest is right. Silence asks again, three times. */
const asksForCode: Turn = ({ path, parameters }, line) => {
  if (path === '/voice/two-factor') {
    send(line, '111111');
    send(line, '222222');
    return gather('We have emailed your code. Enter the <say-as interpret-as="digits">6</say-as> digits now.');
  }
  if (path === '/silent') {
    if (line.posts.filter((post) => post.path === '/silent').length < 3) return gather('Please enter your code.');
    line.exit = 'agent';
    return `<Say>Goodbye</Say><Dial action="${PUBLIC_URL}/dialled"><Number>+12025550199</Number></Dial>`;
  }
  if (path === '/dialled') return '<Say>Nobody is there.</Say><Hangup/>';
  line.attempts += 1;
  if (parameters['Digits'] !== '222222') return gather('That code did not match.');
  line.exit = 'success';
  return '<Say>Thank you.</Say><Hangup/>';
};

function send(line: Line, code: string): void {
  line.sends += 1;
  line.messages.push({ method: 'email', to: 'a***@example.test', text: `${code} is your security code.`, code, at: 0 });
}

async function startServer(turn: Turn, { token = TOKEN, demo = true } = {}) {
  const line: Line = { posts: [], exit: null, sends: 0, attempts: 0, messages: [] };
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const url = request.url ?? '';
      if (url.startsWith('/demo/api/calls/CA')) {
        if (!demo) return response.writeHead(404).end('not found');
        const { exit, sends, attempts, messages } = line;
        return response.end(JSON.stringify({ phase: 'active', exit, sends, attempts, messages }));
      }
      const parameters = Object.fromEntries(new URLSearchParams(body));
      const signature = String(request.headers['x-twilio-signature']);
      if (!webhooks.validateRequest(token, signature, PUBLIC_URL + url, parameters))
        return response.writeHead(403).end();
      const post = { path: url, parameters };
      line.posts.push(post);
      if (url === '/voice/status') return response.writeHead(204).end();
      return response.setHeader('content-type', 'text/xml').end(`<Response>${turn(post, line)}</Response>`);
    });
  });
  return { line, port: await listen(server, cleanups) };
}

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function dataDir(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'dialproof-call-'));
  cleanups.push(() => rm(dir, { recursive: true }));
  await writeFile(path.join(dir, 'twilio-auth-token'), `${TOKEN}\n`, { mode: 0o600 });
  await writeFile(path.join(dir, 'twilio-account-sid'), `${SID}\n`);
  return dir;
}

/** A terminal for `keyboard` where one is given, else no terminal. */
async function run(
  args: readonly string[],
  port: number,
  rest: Partial<CallEnvironment> & { keyboard?: PassThrough } = {},
) {
  const { keyboard, ...settings } = rest;
  const stdin = Object.assign(keyboard ?? new PassThrough(), { isTTY: keyboard !== undefined });
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let exitCode: number | undefined;
  const environment = { host: '127.0.0.1', port, publicUrl: PUBLIC_URL, dataDir: await dataDir(), ...settings };
  const command = callCommand({
    environment: () => environment,
    stdin,
    stdout,
    stderr,
    finish: (code) => (exitCode = code),
  });
  await command.parseAsync(['two-factor', ...args], { from: 'user' });
  stdout.end();
  stderr.end();
  return { exitCode, stdout: await text(stdout), stderr: await text(stderr) };
}

/** Types while the first request is under way. */
async function typed(keys: string) {
  const keyboard = new PassThrough();
  const { line, port } = await startServer((post, line) => {
    if (line.posts.length === 1) keyboard.write(keys);
    return asksForCode(post, line);
  });
  return { line, ...(await run([], port, { keyboard })) };
}

describe('dialproof call, scripted', () => {
  it('prints the call as a transcript and exits 0 when it ended as expected', async () => {
    const { line, port } = await startServer(asksForCode);
    const { exitCode, stdout } = await run(['--keys', '-,{wrong},{code}#'], port);
    expect(stdout).toMatchInlineSnapshot(`
      "Line:  We have emailed your code. Enter the 6 digits now.
      Inbox: email to a***@example.test: "111111 is your security code."
      Inbox: email to a***@example.test: "222222 is your security code."
      You:   (silence)
      Line:  Please enter your code.
      You:   3 3 3 3 3 3
      Line:  That code did not match.
      You:   2 2 2 2 2 2
      Line:  Thank you.
      End:   the line hung up

      Exit:  success (as expected), 2 sends, 2 attempts, 4 requests
      "
    `);
    expect(exitCode).toBe(0);
    expect(line.posts.at(-1)).toMatchObject({
      path: '/voice/status',
      parameters: { CallStatus: 'completed', AccountSid: SID },
    });
  });

  it('what is played stands between two notes, in the words of the recording', async () => {
    const { port } = await startServer((_post, line) => {
      line.exit = 'success';
      const play = (name: string): string => `<Play>${PUBLIC_URL}/audio/d1/en-US/${name}</Play>`;
      return `<!-- Welcome back. -->${play('welcome-back.wav')}<Say>Goodbye.</Say>${play('jingle.mp3')}<Hangup/>`;
    });
    const { stdout } = await run([], port);
    expect(stdout).toContain('Line:  ♪ Welcome back. ♪ Goodbye. (recording jingle.mp3)\n');
  });

  it('exits 1 when it ended otherwise: silence once the keys are used up', async () => {
    const { line, port } = await startServer(asksForCode);
    const { exitCode, stdout } = await run(['--keys', '{old}', '--dial-outcome', 'no-answer'], port);
    expect(stdout).toContain('Dial:  +12025550199 (no-answer)\nLine:  Nobody is there.\nEnd:   the line hung up');
    expect(stdout).toContain('Exit:  agent (success was expected), 2 sends, 1 attempt, 6 requests');
    expect(exitCode).toBe(1);
    expect(line.posts.find(({ path }) => path === '/dialled')?.parameters['DialCallStatus']).toBe('no-answer');
  });

  it('prints what is said, the queue, and where the call is handed over to, without the token', async () => {
    const away = 'https://other.example.com/ivr?path=success&amp;token=eyJhbGciOiJIUzI1NiJ9.e30.c2ln#rc=2';
    const { line, port } = await startServer(({ path, parameters }) => {
      if (path === '/queued') return `<Say>Nobody came.</Say><Redirect>${away}</Redirect>`;
      if (parameters['SpeechResult'] === 'one two') return `<Enqueue action="${PUBLIC_URL}/queued">support</Enqueue>`;
      return `<Gather input="dtmf speech" language="en-US" action="${PUBLIC_URL}/turn"><Say>Number?</Say></Gather>`;
    });
    const { stdout } = await run(['--keys', '"one two"', '--dial-outcome', 'no-answer'], port);
    expect(stdout).toMatchInlineSnapshot(`
      "Line:  Number?
      You:   "one two"
      Queue: support (leave)
      Line:  Nobody came.
      End:   the call was handed over to
             https://other.example.com/ivr?path=success&token=...#rc=2

      Exit:  none that the demo knows of (success was expected), 0 sends, 0 attempts,
             4 requests
      "
    `);
    expect(line.posts.map(({ path }) => path)).toEqual(['/voice/two-factor', '/turn', '/queued']);
  });

  it('a server without a demo company: nobody can say how it left, and where to look', async () => {
    const { port } = await startServer(asksForCode, { demo: false });
    const { stdout, exitCode } = await run(['--keys', '222222'], port);
    expect(stdout).toMatch(
      /\nExit: {2}not known: this server has no demo company\. What happened:\n {7}npx dialproof calls CA[0-9a-f]{32}\n$/,
    );
    expect(exitCode).toBe(1);
  });

  it.each<[what: string, turn: Turn, keys: string, said: boolean]>([
    ['answers with the apology alone', () => '<Say>Sorry.</Say><Hangup/>', '222222', true],
    ['asks for a code', asksForCode, '222222', false],
    ['asks, and the caller hangs up', asksForCode, '{hangup}', false],
  ])(
    'a callflow that is not among the files here, where a server without a demo %s',
    async (_what, turn, keys, said) => {
      const { port } = await startServer(turn, { demo: false });
      const callflowsDir = await dataDir();
      await copyFile('callflows/main.yaml', path.join(callflowsDir, 'main.yaml'));
      const { stderr } = await run(['--keys', keys], port, { callflowsDir });
      expect(stderr.includes('The server has no callflow "two-factor". There are: main.')).toBe(said);
    },
  );

  it('--ends names the exit that is expected', async () => {
    const { port } = await startServer(asksForCode);
    expect((await run(['--ends', 'agent'], port)).exitCode).toBe(0);
  });

  it('--from, --to and --query go with the start', async () => {
    const { line, port } = await startServer((_post, line) => ((line.exit = 'success'), ''));
    await run(['--from', '+12025550111', '--to', '+12025550122', '--query', 'Name=Ana & Bo', '--query', 'A=1=2'], port);
    expect(line.posts[0]).toMatchObject({
      path: '/voice/two-factor?Name=Ana+%26+Bo&A=1%3D2',
      parameters: { From: '+12025550111', To: '+12025550122' },
    });
  });

  it('--json prints one document and nothing else', async () => {
    const { port } = await startServer(asksForCode);
    const { stdout, exitCode } = await run(['--json', '--keys', '{code}'], port);
    expect(JSON.parse(stdout)).toEqual({
      call: expect.stringMatching(/^CA[0-9a-f]{32}$/),
      callflow: 'two-factor',
      demo: true,
      exit: 'success',
      ends: 'success',
      asExpected: true,
      sends: 2,
      attempts: 1,
      requests: 2,
      transcript: [
        { kind: 'said', text: 'We have emailed your code. Enter the 6 digits now.' },
        { kind: 'message', method: 'email', to: 'a***@example.test', text: '111111 is your security code.' },
        { kind: 'message', method: 'email', to: 'a***@example.test', text: '222222 is your security code.' },
        { kind: 'pressed', keys: '222222' },
        { kind: 'said', text: 'Thank you.' },
        { kind: 'ended', by: 'line' },
      ],
    });
    expect(exitCode).toBe(0);
  });

  it('{hangup} is told to the server', async () => {
    const { line, port } = await startServer(asksForCode);
    const { stdout, exitCode } = await run(['--keys', '12{hangup}'], port);
    expect(stdout).toContain('You:   1 2\nEnd:   you hung up\n');
    expect(line.posts.map(({ path }) => path)).toEqual(['/voice/two-factor', '/voice/status']);
    expect(exitCode).toBe(1);
  });

  it('a code that never came ends the call with a reason', async () => {
    const { line, port } = await startServer(() => gather('Code?'));
    const { stderr, exitCode } = await run(['--keys', '{code}'], port);
    expect(stderr).toContain('The caller should type {code}, and no code has come in this call.');
    expect(exitCode).toBe(1);
    expect(line.posts.at(-1)?.path).toBe('/voice/status');
  });

  it('a call in circles stops after 200 requests', async () => {
    const { line, port } = await startServer(() => gather('Again.'));
    const { stderr, exitCode } = await run([], port);
    expect(stderr).toContain('The call was still going after 200 requests.');
    expect(exitCode).toBe(1);
    expect(line.posts.length).toBe(201);
    expect(line.posts.at(-1)?.path).toBe('/voice/status');
  });
});

describe('an interrupted call', () => {
  it('stops waiting for the server, which is told of the hang-up', async () => {
    const interrupt = new AbortController();
    const hold = `<Pause length="30"/><Redirect>${PUBLIC_URL}/voice/two-factor</Redirect>`;
    const { line, port } = await startServer((_post, { posts }) => {
      if (posts.length === 1) setImmediate(() => interrupt.abort());
      return hold;
    });
    const { transcript, requests } = await runCall({
      server: `http://127.0.0.1:${port}`,
      publicUrl: PUBLIC_URL,
      credentials: { accountSid: SID, authToken: TOKEN },
      callflow: 'two-factor',
      query: '',
      from: '+12025550123',
      to: '+12025550100',
      ends: 'success',
      dialOutcome: 'completed',
      caller: { kind: 'script', groups: [] },
      screen: null,
      interrupt,
    });
    expect([requests, transcript]).toEqual([1, [{ kind: 'ended', by: 'caller' }]]);
    expect(line.posts.map(({ path }) => path)).toEqual(['/voice/two-factor', '/voice/status']);
  });
});

describe('dialproof call, what it needs', () => {
  it.each([
    ['keys that cannot be read', ['--keys', '1,x'], '"x" at position 3 is not a key of a telephone.'],
    ['a query without name', ['--query', '=1'], 'A value of --query is not of the form name=value.'],
  ])('%s: exit 2, and nobody is called', async (_what, args, message) => {
    const { line, port } = await startServer(asksForCode);
    const { stderr, stdout, exitCode } = await run(args, port);
    expect(stderr).toContain(message);
    expect([stdout, exitCode, line.posts]).toEqual(['', 2, []]);
  });

  it('the newest of the tokens that are set comes before the file', async () => {
    const { port } = await startServer(asksForCode, { token: 'new-token' });
    expect((await run(['--keys', '{code}'], port, { authToken: 'new-token,old-token' })).exitCode).toBe(0);
  });

  it('no token anywhere: exit 3, and what to do', async () => {
    const { stderr, exitCode } = await run([], 1, { dataDir: 'no-such-dir' });
    expect(stderr).toContain('There is no file "twilio-auth-token" in DATA_DIR (no-such-dir).');
    expect(exitCode).toBe(3);
  });

  it('another token than the server has: exit 1, and what to check', async () => {
    const { port } = await startServer(asksForCode, { token: 'another' });
    const { stderr, stdout, exitCode } = await run([], port);
    expect(stderr).toContain(
      `Both sides need the same auth token and PUBLIC_URL. This call was signed for ${PUBLIC_URL}`,
    );
    expect([stdout, exitCode]).toEqual(['', 1]);
  });

  it('no server: exit 1', async () => {
    const port = await freePort();
    const { stderr, exitCode } = await run([], port);
    expect(stderr).toContain(`Nothing answers at http://127.0.0.1:${port} (ECONNREFUSED).`);
    expect(exitCode).toBe(1);
  });
});

describe('dialproof call, at the keyboard', () => {
  it('keys are pressed as they are typed, and echoed once', async () => {
    const { line, stdout, stderr, exitCode } = await typed('222222');
    expect(line.posts[1]?.parameters['Digits']).toBe('222222');
    expect(stdout.match(/You: {3}2 2 2 2 2 2\n/g)).toHaveLength(1);
    expect(stderr).toContain('Keys: 0-9 * #, Enter: wait no longer, ?: inbox, Ctrl-C: hang up.');
    expect(exitCode).toBe(0);
  });

  it('Ctrl-C hangs up, tells the server and exits 130', async () => {
    const { line, stdout, exitCode } = await typed('1\u0003');
    expect(line.posts.map(({ path }) => path)).toEqual(['/voice/two-factor', '/voice/status']);
    expect(stdout).toContain('End:   you hung up');
    expect(exitCode).toBe(130);
  });
});
