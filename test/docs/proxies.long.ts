/** docs/operations/nginx.conf and Caddyfile in real proxies from Debian, in front of two instances on one store. */
import { chmod, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici';
import { afterAll, afterEach, beforeEach, describe, expect, it, type TestContext } from 'vitest';
import { Caller } from '../support/caller.ts';
import { run, scratch } from '../support/deployed.ts';
import { freePort } from '../support/process.ts';
import { installed, ReverseProxy } from '../support/reverse-proxy.ts';
import { ServerProcesses } from '../support/server-processes.ts';
import { httpStub } from '../support/stub-server.ts';
import { fences, readPage } from './markdown.ts';

const ACCOUNT = '1002';
let port: number;
let publicUrl: string;
let servers: ServerProcesses;
let proxy: ReverseProxy;
let at: Awaited<ReturnType<typeof scratch>>;
const usual = getGlobalDispatcher();

beforeEach(async () => {
  at = await scratch();
  port = await freePort();
});
afterEach(async () => {
  await proxy?.stop();
  await servers?.close();
  await at[Symbol.asyncDispose]();
});
afterAll(() => setGlobalDispatcher(usual));

/** Two instances behind a proxy that is installed; else the run says that it is left out. */
async function behind(kind: 'nginx' | 'caddy', context: TestContext): Promise<void> {
  const program = installed(kind);
  if (program === null) {
    console.log(`"${context.task.name}" through ${kind} is left out: it is not installed.`);
    context.skip(`${kind} is not installed`);
    return;
  }
  publicUrl = `${kind === 'nginx' ? 'https' : 'http'}://localhost:${port}`;
  servers = await ServerProcesses.start({ processes: 2, store: 'postgres', settings: { PUBLIC_URL: publicUrl } });
  const ports = servers.addresses.map(({ server }) => Number(new URL(server).port)) as [number, number];
  proxy = await ReverseProxy[kind](program, at.folder, { port, ports });
  if (kind !== 'nginx') return;
  const ca = await readFile(path.join(at.folder, 'certificate.pem'), 'utf8');
  setGlobalDispatcher(new Agent({ connect: { ca } }));
}

function caller(): Caller {
  return new Caller({ ...servers.address, server: publicUrl });
}

/** A call with a wrong code and the right one. */
async function wholeCall(): Promise<Caller> {
  const one = await caller().dials('two-factor', { AccountNumber: ACCOUNT });
  const { code, wrongCode } = servers;
  await one.presses(wrongCode);
  await one.presses(code);
  return one;
}

/** All that the proxy has written anywhere. */
async function written(): Promise<string> {
  const files = (await readdir(at.folder)).filter((name) => name.endsWith('.log'));
  const texts = await Promise.all(files.map((name) => readFile(path.join(at.folder, name), 'utf8')));
  return [proxy.log, ...texts].join('\n');
}

describe.each(['nginx', 'caddy'] as const)('through %s', (kind) => {
  it('a whole call passes, its signatures being over the address of the proxy, and no log holds an address', async (context) => {
    await behind(kind, context);
    const one = await wholeCall();
    expect(await servers.counts(one)).toMatchObject({ exit: 'success', sends: 1, attempts: 2, grants: 1 });
    const forged = await one.post('/voice/status', { CallStatus: 'completed' }, { token: 'another' });
    expect(forged.status).toBe(403);
    for (const address of ['/healthz', '/readyz', '/metrics', '/demo', '/'])
      expect([address, (await fetch(`${publicUrl}${address}`)).status]).toEqual([address, 404]);
    for (const index of [0, 1]) await servers.ends(index, 'SIGKILL');
    expect((await one.post(`/voice/two-factor?AccountNumber=${ACCOUNT}`)).status).toBe(502);
    expect(await written()).not.toMatch(/AccountNumber|voice\/(two-factor|turn)/);
  });
});

// Caddy of Debian 12 loses the form of what it passes on: see its file.
describe('through nginx', () => {
  it('calls go on when an instance is killed', async (context) => {
    await behind('nginx', context);
    const going = await Promise.all(
      Array.from({ length: 8 }, () => caller().dials('two-factor', { AccountNumber: '1001' })),
    );
    await servers.ends(0, 'SIGKILL');
    for (const each of going) {
      await each.isSilent();
      expect(each.gather.action).toContain('/voice/turn/');
    }
    const one = await wholeCall();
    expect(await servers.counts(one)).toMatchObject({ exit: 'success', grants: 1 });
  });

  it('no webhook fails while one is restarted after the other by the block of docs/operations/deployment.md', async (context) => {
    await behind('nginx', context);
    const ports = servers.addresses.map(({ server }) => new URL(server).port);
    await using systemctl = await systemctlOf(ports);
    const page = readPage('docs/operations/deployment.md');
    const block = fences(page).find(({ under }) => under === 'Restarting one after the other')?.text ?? '';
    const rolling = { over: false };
    const environment = { PATH: systemctl.folder };
    const restart = run(block.replace('3000 3001', ports.join(' ')), { folder: at.folder, environment });
    const restarted = restart.finally(() => (rolling.over = true));
    let calls = 0;
    const line = async (): Promise<void> => {
      for (; !rolling.over; calls++) {
        const one = await caller().dials('main');
        await one.isSilent();
      }
    };
    await Promise.all([line(), line(), line(), line()]);
    expect(await restarted).toMatchObject({ code: 0 });
    expect(calls).toBeGreaterThan(10);
  });
});

/** A command `systemctl` that restarts an instance by its port: what systemd does is done here, where the instances were started. */
async function systemctlOf(ports: readonly string[]) {
  const here = await scratch();
  const systemd = await httpStub((response, _body, { url = '' }) => {
    const restarted = servers.restart(ports.indexOf(url.slice(1)), 'SIGTERM');
    restarted.then(
      () => response.end(),
      () => response.destroy(),
    );
  });
  const command = path.join(here.folder, 'systemctl');
  await writeFile(command, `#!/bin/sh\nexec curl --fail --silent ${systemd.url}\${2#dialproof@}\n`);
  await chmod(command, 0o755);
  return {
    folder: here.folder,
    async [Symbol.asyncDispose]() {
      await systemd.close();
      await here[Symbol.asyncDispose]();
    },
  };
}
