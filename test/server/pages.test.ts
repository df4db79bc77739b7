import path from 'node:path';
import Database from 'libsql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said } from '../support/caller.ts';
import { Platform } from '../support/platform.ts';
import { World } from '../support/world.ts';

let world: World;
let platform: Platform;
beforeAll(async () => {
  world = await World.open();
  platform = new Platform(world.address);
});
afterAll(async () => {
  await platform.close();
  await world.close();
});

const get = (target: string, headers: Record<string, string> = {}) =>
  platform.send({ method: 'GET', target, signed: null, headers });

describe('what operators ask', () => {
  it('/healthz: the process lives', async () => {
    const answer = await get('/healthz');
    expect({ status: answer.status, body: JSON.parse(answer.body) }).toEqual({ status: 200, body: { status: 'ok' } });
  });

  it('/readyz: the store takes writes; while it takes none, 503 and why; the metrics as well; callers reach a person; then ready again', async () => {
    expect((await get('/readyz')).status).toBe(200);
    const other = new Database(path.join(world.folder, 'data', 'dialproof.db'));
    other.exec('BEGIN IMMEDIATE');
    const [ready, metrics, alive, call] = await Promise.all([
      get('/readyz'),
      get('/metrics'),
      get('/healthz'),
      platform.send({ target: '/voice/main', form: [['CallSid', 'CA-locked-out']] }),
    ]);
    other.exec('ROLLBACK');
    other.close();
    expect({ status: ready.status, body: JSON.parse(ready.body) }).toEqual({
      status: 503,
      body: {
        status: 'not ready',
        reasons: [
          'The store could not be written: another program holds the database locked.',
          'Find who has dialproof.db open (`fuser`), and end its transaction. The server goes on by itself.',
        ],
      },
    });
    expect(metrics.body).toContain('\ndialproof_ready 0\n');
    expect(alive.status).toBe(200);
    expect(call.status).toBe(200);
    expect(said(call.body)).toBe('Sorry, we have a technical problem.');
    expect((await get('/readyz')).status).toBe(200);
    const { body } = await get('/metrics');
    expect(body).toContain('\ndialproof_ready 1\n');
    for (const operation of ['ready', 'claimTurn'])
      expect(body).toMatch(new RegExp(`^dialproof_store_errors_total\\{operation="${operation}"\\} [1-9]`, 'm'));
  });
});

describe('the demo company answers this machine only', () => {
  const pages = ['/demo', '/demo/api/inbox', '/demo/api/calls/CA1'];

  it.each([
    ['localhost', 'localhost'],
    ['127.0.0.1 and a port', '127.0.0.1:3000'],
  ])('under the name %s', async (_what, host) => {
    expect((await get('/demo', { host })).status).toBe(200);
    expect((await get('/demo/api/inbox', { host })).status).toBe(200);
  });

  it.each<[what: string, headers: Record<string, string>]>([
    ['under another name', { host: 'voice.example.com' }],
    ['under a name that begins like this one', { host: 'localhost.example.com' }],
    ['through a proxy', { 'x-forwarded-for': '127.0.0.1' }],
    ['through a proxy that follows the standard', { forwarded: 'for=127.0.0.1' }],
    ['through a tunnel', { 'cf-connecting-ip': '203.0.113.1' }],
  ])('not %s', async (_what, headers) => {
    const answers = await Promise.all(pages.map((page) => get(page, headers)));
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
  });
});

describe('headers', () => {
  it.each(['/healthz', '/demo', '/nothing', '/voice/main'])('%s does not say what it runs on', async (target) => {
    const { headers } = await get(target);
    expect(Object.keys(headers)).not.toContain('x-powered-by');
    expect(Object.keys(headers)).not.toContain('etag');
    expect(Object.keys(headers)).not.toContain('server');
  });

  it.each(['/healthz', '/demo', '/nothing'])('%s is safe to open in a browser', async (target) => {
    const { headers } = await get(target);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("base-uri 'none'");
  });

  it.each(['/', '/nothing', '/VOICE2', '/voices', '/.env', '/demo/../secret', '/%ff'])(
    '%s is nowhere',
    async (target) => {
      const { status, body } = await get(target);
      expect({ status, body }).toEqual({ status: 404, body: 'There is nothing here.\n' });
    },
  );
});
