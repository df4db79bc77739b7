/** Delivery reports: docs/protocol.md, over HTTP as gateways and Twilio send them. */
import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { Platform } from '../support/platform.ts';
import { httpStub } from '../support/stub-server.ts';
import { twilioStub, type TwilioStub } from '../support/twilio-stub.ts';
import { World, type WorldOptions } from '../support/world.ts';

const TWO_FACTOR = 'callflows/two-factor.yaml';
const NOT_SENT = 'Sorry, we could not send your code. To try again, press 1.';
const AGENT = '+12025550199';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function worldWith(options: WorldOptions = {}): Promise<World> {
  const world = await World.open(options);
  closers.unshift(() => world.close());
  return world;
}

let shipped: World;
beforeAll(async () => {
  shipped = await worldWith();
});

/** A call of an account with SMS alone that has been asked for its code. */
async function asked(world = shipped): Promise<Caller> {
  const caller = await world.caller().dials('main');
  await caller.presses('1003');
  expect(caller.heard).toMatch(/Enter the 6 digits now/);
  return caller;
}

/** Where the report of the newest message goes. */
function reportPath(world = shipped): string {
  return `/delivery/sms/${world.inbox.messages.at(-1)?.report ?? ''}`;
}

interface ReportAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers: readonly string[];
}

/** What a gateway sends; by POST where there is a form. */
async function reports(path: string, form?: string, world = shipped): Promise<ReportAnswer> {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await fetch(
    world.address.server + path,
    form === undefined ? {} : { method: 'POST', headers: type, body: form },
  );
  return { status: response.status, body: await response.text(), headers: [...response.headers.keys()] };
}

/** A call whose code is reported not to have arrived. */
async function undelivered(world = shipped): Promise<Caller> {
  const caller = await asked(world);
  expect(await reports(reportPath(world), 'status=failed', world)).toMatchObject({ status: 204, body: '' });
  return caller;
}

describe('after a report that the code has failed, where the code is asked for', () => {
  it('L24: silence leads to another way, and the caller gets in by it', async () => {
    const caller = await undelivered();
    await caller.isSilent();
    expect(caller.heard).toContain(NOT_SENT);
    await caller.presses('1');
    await caller.presses(shipped.code);
    expect(await shipped.counts(caller)).toMatchObject({ grants: 1, sends: 2, attempts: 1 });
  });

  it('star leads there as well', async () => {
    const caller = await undelivered();
    await caller.presses('*');
    expect(caller.heard).toContain(NOT_SENT);
    expect(await shipped.counts(caller)).toMatchObject({ sends: 1, attempts: 0 });
  });

  it('a wrong code leads there, and its attempt counts', async () => {
    const caller = await undelivered();
    await caller.presses(shipped.wrongCode);
    expect(caller.heard).toContain(NOT_SENT);
    expect(await shipped.counts(caller)).toMatchObject({ sends: 1, attempts: 1 });
  });

  it('L24: a right code is right', async () => {
    const caller = await undelivered();
    await caller.presses(shipped.code);
    expect(caller.heard).toContain('Thank you, you are verified.');
    expect(await shipped.counts(caller)).toMatchObject({ grants: 1, attempts: 1 });
  });

  it('the code is void from then on, also where the same question comes again', async () => {
    const world = await worldWith({ edit: { [TWO_FACTOR]: [['failed: not-delivered ', 'failed: enter-code ']] } });
    const caller = await undelivered(world);
    const { code } = world;
    await caller.isSilent();
    expect(caller.heard).toContain('Enter the 6 digits now');
    await caller.presses(code);
    expect(caller.heard).toContain('That code cannot be used any more. We are sending you a new one.');
    expect(await world.counts(caller)).toMatchObject({ grants: 0, attempts: 0, sends: 2 });
  });

  it('nothing is given back: the sends of the call are used up by codes that did not arrive', async () => {
    const caller = await undelivered();
    for (const sends of [2, 3]) {
      await caller.presses('*');
      await caller.presses('1');
      expect(await shipped.counts(caller)).toMatchObject({ sends });
      await reports(reportPath(), 'status=failed');
    }
    await caller.presses('*');
    await caller.presses('1');
    expect(caller.dialled).toBe(AGENT);
    expect(await shipped.counts(caller)).toMatchObject({ sends: 3, exit: 'agent' });
  });

  it('the wrong code that reaches the limit leaves by the limit', async () => {
    const caller = await asked();
    for (let attempt = 0; attempt < 2; attempt++) await caller.presses(shipped.wrongCode);
    await reports(reportPath(), 'status=failed');
    await caller.presses(shipped.wrongCode);
    expect(caller.dialled).toBe(AGENT);
  });

  it('G13: with a new code after each wrong one, the wrong one leads to another way', async () => {
    const world = await worldWith({ edit: { [TWO_FACTOR]: [['wrong-code: ask-again', 'wrong-code: new-code']] } });
    const caller = await undelivered(world);
    await caller.presses(world.wrongCode);
    expect(caller.heard).toContain(NOT_SENT);
    expect(await world.counts(caller)).toMatchObject({ sends: 1 });
  });

  it('a new code that is asked for is sent at once: the first one is not on its way', async () => {
    const caller = await asked();
    await caller.presses('*');
    await reports(reportPath(), 'status=failed');
    await caller.presses('2');
    expect(caller.heard).not.toContain('on its way');
    expect(await shipped.counts(caller)).toMatchObject({ sends: 2 });
  });
});

describe('repeats, crashes and restarts', () => {
  it('a turn that learned of it is repeated byte for byte, and counts once', async () => {
    const caller = await undelivered();
    const { action } = caller;
    const wrong = shipped.wrongCode;
    const answers = await Promise.all(Array.from({ length: 5 }, () => caller.post(action, { Digits: wrong })));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]?.body).toContain('could not send');
    expect(await shipped.counts(caller)).toMatchObject({ attempts: 1, sends: 1 });
  });

  it('a turn whose process died is taken over, and comes to the same', async () => {
    const caller = await undelivered();
    const nonce = caller.action.split('/').at(-1) ?? '';
    await shipped.claims(caller.call, { kind: 'turn', nonce }, { type: 'silence' });
    shipped.clock.advance(9_000);
    await caller.presses(shipped.code);
    expect(caller.heard).toContain(NOT_SENT);
    expect(await shipped.counts(caller)).toMatchObject({ grants: 0, attempts: 0 });
  });

  it('a restart forgets nothing', async () => {
    const world = await worldWith();
    const caller = await undelivered(world);
    await world.restarts();
    await caller.isSilent();
    expect(caller.heard).toContain(NOT_SENT);
  });

  it('a report that comes while the send still holds the line waits for the caller', { timeout: 30_000 }, async () => {
    let token = '';
    let release: () => void = () => undefined;
    const slow = await httpStub((response, body) => {
      token = body;
      release = () => response.end();
    });
    closers.push(() => slow.close());
    const world = await worldWith({
      settings: {
        SMS_URL: slow.url,
        SMS_REQUEST_BODY: '{{report}}',
        SERVICE_HOSTS: slow.host,
        SMS_TIMEOUT: '15000',
      },
    });
    const caller = await world.caller().dials('main');
    await caller.go(caller.action, { Digits: '1003' });
    expect(caller.isHeld).toBe(true);
    await reports(`/delivery/sms/${token}`, 'status=failed', world);
    release();
    await caller.waits();
    expect(caller.heard).toContain('We sent a code by text message');
    await caller.isSilent();
    expect(caller.heard).toContain(NOT_SENT);
  });
});

describe('a report that changes nothing', () => {
  /** The call stays where the code is asked for, and the code is good. */
  async function goesOn(caller: Caller): Promise<void> {
    await caller.isSilent();
    expect(caller.heard).toMatch(/^I did not hear any keys\. Enter the 6 digits/);
    await caller.presses(shipped.code);
    expect(caller.heard).toContain('you are verified');
  }

  it('of another send than the newest', async () => {
    const caller = await asked();
    const first = reportPath();
    await caller.presses(shipped.wrongCode);
    await caller.presses('*');
    await caller.presses('2');
    expect(reportPath()).not.toBe(first);
    expect(await reports(first, 'status=failed')).toMatchObject({ status: 204 });
    // The document after a key of a menu may catch a leftover hash: silence in it is none yet.
    await caller.isSilent();
    await goesOn(caller);
  });

  it('of another call', async () => {
    const other = await asked();
    const path = reportPath();
    const caller = await asked();
    await reports(path, 'status=failed');
    await goesOn(caller);
    await other.isSilent();
    expect(other.heard).toContain(NOT_SENT);
  });

  it('of a call that has ended', async () => {
    const caller = await asked();
    await caller.hangsUp();
    expect(await reports(reportPath(), 'status=failed')).toMatchObject({ status: 204 });
    expect(await shipped.counts(caller)).toMatchObject({ phase: 'ended' });
    expect((await caller.isSilent()).hasEnded).toBe(true);
  });

  it('that says anything else', async () => {
    const caller = await asked();
    const path = reportPath();
    const statuses = [
      'delivered',
      'sent',
      'queued',
      'unknown',
      'accepted',
      '1',
      '4',
      '8',
      '0',
      '22',
      'fail',
      'failed!',
    ];
    for (const status of statuses) await reports(`${path}?${new URLSearchParams({ status }).toString()}`);
    for (const form of ['', 'status', 'Status=failed', 'status=failed&status=failed', 'MessageStatus=failed', 'x=2'])
      expect(await reports(path, form)).toMatchObject({ status: 204, body: '' });
    await reports(`${path}?status=failed`, 'status=failed');
    await goesOn(caller);
  });

  it('under another method, or by another request', async () => {
    const caller = await asked();
    const path = reportPath();
    for (const method of ['email', 'voice', 'authenticator', 'SMS', 'constructor'])
      await reports(path.replace('/sms/', `/${method}/`), 'status=failed');
    for (const target of [`${path}/`, `${path}/x`, path.slice(0, -1), `${path}A`, path.replace('/sms', '')])
      expect(await reports(target, 'status=failed')).toMatchObject({ status: 204, body: '' });
    for (const method of ['PUT', 'DELETE', 'HEAD'])
      await fetch(`${shipped.address.server}${path}?status=failed`, { method });
    await goesOn(caller);
  });

  it.each([
    ['an unknown token', `/delivery/sms/${'A'.repeat(22)}`],
    ['a token that is none', '/delivery/sms/%ff'],
    ['a token with a zero byte', '/delivery/sms/a%00b'],
    ['a long token', `/delivery/sms/${'A'.repeat(5_000)}`],
    ['no token', '/delivery/sms/'],
    ['no method', '/delivery'],
    ['an unknown method', '/delivery/pigeon/AAAAAAAAAAAAAAAAAAAAAA'],
  ])('with %s gets the answer that any other gets', async (_what, path) => {
    await asked();
    const known = await reports(reportPath(), 'status=failed');
    expect(await reports(path, 'status=failed')).toEqual(known);
    expect(await reports(`${path}?status=failed`)).toEqual(known);
    expect(await reports(path, 'x'.repeat(200_000))).toEqual(known);
    expect(known).toMatchObject({ status: 204, body: '' });
  });
});

describe('what says "failed" at a gateway', () => {
  it.each(['failed', 'undelivered', 'undeliverable', 'rejected', 'expired', 'FAILED', ' Rejected '])(
    'status %j, by POST',
    async (status) => {
      const caller = await asked();
      await reports(reportPath(), new URLSearchParams({ id: '7', status }).toString());
      await caller.isSilent();
      expect(caller.heard).toContain(NOT_SENT);
    },
  );

  it.each(['undeliverable', '2', '16'])('status %s, by GET, as in the dlr-url of Kannel', async (status) => {
    const caller = await asked();
    await reports(`${reportPath()}?status=${status}`);
    await caller.isSilent();
    expect(caller.heard).toContain(NOT_SENT);
  });

  it('says so in the log once, by call and method, without the token or the number', async () => {
    const caller = await undelivered();
    await reports(reportPath(), 'status=failed');
    await caller.isSilent();
    const lines = shipped.log.split('\n').filter((line) => line.includes(caller.call) && line.includes('undelivered'));
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { level: 'warn', call: caller.call, method: 'sms', outcome: 'undelivered' },
    ]);
  });
});

describe("Twilio's reports", () => {
  let twilio: TwilioStub;
  let world: World;
  let platform: Platform;
  beforeAll(async () => {
    twilio = await twilioStub();
    closers.push(() => twilio.close());
    world = await worldWith({ settings: { ...twilio.settings, TWILIO_AUTH_TOKEN: 'new-token,old-token' } });
    twilio.fills(world.inbox);
    platform = new Platform(world.address);
    closers.unshift(() => platform.close());
  });

  const formOf = (status: string) =>
    [
      ['MessageSid', `SM${randomBytes(16).toString('hex')}`],
      ['AccountSid', `AC${'0'.repeat(32)}`],
      ['MessageStatus', status],
      ['To', '+12025550143'],
    ] as const;

  /** The path that Twilio was told to report the newest message to. */
  const target = (): string => (twilio.reportUrls.at(-1) ?? '').slice(world.address.publicUrl.length);

  it.each(['undelivered', 'failed'])('signed, %s: the call goes by the failed path', async (status) => {
    const caller = await asked(world);
    expect(await platform.send({ target: target(), form: formOf(status) })).toMatchObject({ status: 204, body: '' });
    await caller.isSilent();
    expect(caller.heard).toContain(NOT_SENT);
  });

  it('signed with the older of two tokens as well', async () => {
    const caller = await asked(world);
    await platform.send({ target: target(), form: formOf('failed'), signed: { token: 'old-token' } });
    await caller.isSilent();
    expect(caller.heard).toContain(NOT_SENT);
  });

  it.each(['queued', 'sending', 'sent', 'delivered', 'accepted', 'read', ''])(
    'signed, %j: nothing changes',
    async (status) => {
      const caller = await asked(world);
      expect((await platform.send({ target: target(), form: formOf(status) })).status).toBe(204);
      await caller.isSilent();
      expect(caller.heard).toContain('I did not hear any keys.');
    },
  );

  it('unsigned, or signed for something else: 403, known token or not, and nothing changes', async () => {
    const caller = await asked(world);
    const form = formOf('failed');
    const other = `/delivery/sms/${'A'.repeat(22)}`;
    const bad = [
      { target: target(), form, signed: null },
      { target: target(), form, signed: { token: 'another' } },
      { target: target(), form, signed: { target: other } },
      { target: target(), form, signed: { form: formOf('delivered') } },
      { target: target(), form: [...form, ['status', 'failed']] as const, signed: { form } },
      { target: `${target()}?MessageStatus=failed`, method: 'GET', signed: null },
      { target: target(), form, method: 'PUT', signed: null },
      { target: target(), form: [...form, ['x', 'x'.repeat(200_000)]] as const, signed: null },
      { target: other, form, signed: null },
    ] as const;
    const answers = await Promise.all(bad.map((request) => platform.send(request)));
    expect(answers.map(({ status, body }) => [status, body])).toEqual(bad.map(() => [403, '']));
    expect((await platform.send({ target: other, form })).status).toBe(204);
    await caller.isSilent();
    expect(caller.heard).toContain('I did not hear any keys.');
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ grants: 1 });
  });

  it("a gateway's words are not Twilio's", async () => {
    const caller = await asked(world);
    const form = [...formOf('sent'), ['status', 'failed']] as const;
    expect((await platform.send({ target: target(), form })).status).toBe(204);
    await caller.isSilent();
    expect(caller.heard).toContain('I did not hear any keys.');
  });
});
