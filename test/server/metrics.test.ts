import { randomBytes } from 'node:crypto';
import parse from 'parse-prometheus-text-format';
import { afterEach, describe, expect, it } from 'vitest';
import { DEPENDENCIES } from '../../src/core/contracts/telemetry.ts';
import { freePort } from '../support/process.ts';
import { World, type WorldOptions } from '../support/world.ts';

let world: World;
afterEach(() => world.close());

async function open(options: WorldOptions = {}): Promise<void> {
  world = await World.open(options);
}

/** The parser throws the labels of histograms away: untyped, each of their series is read as any other. */
async function read() {
  return parse((await world.metrics()).replaceAll(/^# TYPE \S+ histogram\n/gm, ''));
}

/** A value as a parser that is not ours reads it; undefined where there is no such series. */
async function valueOf(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number | undefined> {
  const series = (await read()).filter((each) => each.name === name).flatMap(({ metrics }) => metrics);
  const wanted = Object.entries(labels);
  const found = series.find((each) => wanted.every(([label, value]) => each.labels?.[label] === value));
  return found?.value === undefined ? undefined : Number(found.value);
}

const turns = (outcome: string, channel = 'voice') => valueOf('dialproof_turns_total', { channel, outcome });
const sends = (method: string, outcome: string) => valueOf('dialproof_sends_total', { method, outcome });
const attempts = (outcome: string) => valueOf('dialproof_attempts_total', { outcome });

describe('the metrics of calls', () => {
  it('count turns, repeats, sends, attempts and the exit', async () => {
    await open();
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    const { action } = caller;
    await caller.presses(world.wrongCode);
    await caller.presses(world.code);
    await caller.post(action, { Digits: '1' });
    expect(await turns('answered')).toBe(3);
    expect(await turns('repeated')).toBe(1);
    expect(await valueOf('dialproof_turn_duration_seconds_count', { channel: 'voice' })).toBe(4);
    expect(await sends('email', 'sent')).toBe(1);
    expect([await attempts('wrong'), await attempts('right')]).toEqual([1, 1]);
    expect(await valueOf('dialproof_exits_total', { callflow: 'two-factor', exit: 'success' })).toBe(1);
    expect(await valueOf('dialproof_dependency_duration_seconds_count', { outcome: 'answered' })).toBeGreaterThan(0);
    expect(await valueOf('dialproof_store_operation_duration_seconds_count', { operation: 'claimTurn' })).toBe(4);
  });

  it('tell what came of webhooks that began or moved no call', async () => {
    await open();
    const caller = world.caller();
    await caller.post('/voice/nowhere');
    await caller.post('/voice/turn/AAAAAAAAAAAAAAAAAAAAAA');
    await caller.post('/voice/main', {}, { token: null });
    expect([await turns('refused'), await turns('unknown')]).toEqual([1, 1]);
    expect(await valueOf('dialproof_unsigned_requests_total')).toBe(1);
    expect(await world.metrics()).not.toContain('nowhere');
  });

  it('count a lock once, and codes that were refused because of it', async () => {
    await open();
    for (const [from, wrong] of [
      ['+12025550141', 3],
      ['+12025550142', 3],
      ['+12025550143', 3],
      ['+12025550144', 1],
    ] as const) {
      const caller = await world.caller({ from }).dials('two-factor', { AccountNumber: '1003' });
      for (let n = 0; n < wrong; n++) await caller.presses(world.wrongCode);
    }
    await expect.poll(() => valueOf('dialproof_account_locks_total')).toBe(1);
    expect(await attempts('locked')).toBe(1);
  });

  it('tell which method fails, and that its dependency is left alone', async () => {
    const port = await freePort();
    await open({ settings: { EMAIL_SMTP_HOST: '127.0.0.1', EMAIL_SMTP_PORT: String(port), EMAIL_SMTP_TLS: 'none' } });
    const circuit = () => valueOf('dialproof_open_circuits', { dependency: 'email' });
    expect(await circuit()).toBe(0);
    for (let call = 0; call < 5; call++) {
      const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
      if (!caller.hasEnded) await caller.hangsUp();
    }
    expect(await sends('email', 'unreachable')).toBeGreaterThanOrEqual(5);
    expect(await circuit()).toBe(1);
    expect(
      await valueOf('dialproof_dependency_duration_seconds_count', { dependency: 'email', outcome: 'failed' }),
    ).toBe(5);
  });

  it('follow a web sign-in', async () => {
    await open();
    const user = world.webUser('1002');
    await user.signsIn();
    await user.opens();
    await user.sends({ entry: world.code });
    const signIns = (outcome: string) => valueOf('dialproof_sign_ins_total', { outcome });
    expect([await signIns('code-asked'), await signIns('passed')]).toEqual([1, 1]);
    expect(await turns('answered', 'web')).toBeGreaterThan(1);
    expect(await valueOf('dialproof_exits_total', { callflow: 'web-sign-in', exit: 'success' })).toBe(1);
  });
});

describe('the metrics of the server', () => {
  it('begin with what alerts look at, and tell of the process', async () => {
    await open();
    expect(await turns('answered')).toBe(0);
    expect(await valueOf('dialproof_ready')).toBe(1);
    for (const dependency of DEPENDENCIES) expect(await valueOf('dialproof_open_circuits', { dependency })).toBe(0);
    expect(await valueOf('process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(await valueOf('nodejs_eventloop_lag_p99_seconds')).toBeDefined();
    await expect.poll(() => valueOf('dialproof_sweeps_total', { outcome: 'done' })).toBe(1);
  });
});

describe('/metrics', () => {
  const ask = (headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${world.address.server}/metrics`, { headers }).then(async (response) => ({
      status: response.status,
      isTold: (await response.text()).includes('dialproof_'),
    }));
  const TOLD = { status: 200, isTold: true };
  const REFUSED = { status: 401, isTold: false };

  it('without METRICS_TOKEN is for this machine only: not through a proxy or a tunnel', async () => {
    await open();
    expect(await ask()).toEqual(TOLD);
    for (const header of ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip', 'cf-connecting-ip'])
      expect(await ask({ [header]: '127.0.0.1' })).toEqual(REFUSED);
  });

  it('with METRICS_TOKEN is for whoever brings it, and for nobody else', async () => {
    const [token, next] = [randomBytes(16).toString('hex'), randomBytes(16).toString('hex')];
    await open({ settings: { METRICS_TOKEN: `${token},${next}` } });
    for (const each of [token, next]) {
      expect(await ask({ authorization: `Bearer ${each}`, 'x-forwarded-for': '203.0.113.1' })).toEqual(TOLD);
    }
    expect(await ask()).toEqual(REFUSED);
    for (const wrong of [token.slice(1), `${token}0`, '', 'undefined', `${token},${next}`])
      expect(await ask({ authorization: `Bearer ${wrong}` })).toEqual(REFUSED);
  });
});
