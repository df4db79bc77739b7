/** A call that leaves for another application and comes back: docs/protocol.md, over signed HTTP. */
import { hkdfSync } from 'node:crypto';
import { decodeProtectedHeader, jwtDecrypt, jwtVerify, type JWTPayload } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { said, type Caller } from '../support/caller.ts';
import { World } from '../support/world.ts';

const HANGUP = '<?xml version="1.0" encoding="UTF-8"?><Response><Hangup/></Response>';
const AGENT = '+12025550199';
const STUDIO = 'https://webhooks.example.com/v1/Accounts/AC1/Flows/FW1';
const START = '/voice/two-factor?AccountNumber=1002';
const ENTER_CODE = /Enter the 6 digits now/;
const minute = 60_000;

const SEALED = `
callflow: sealed
start: account
account: AccountNumber
inputs: [Segment]
exits:
  sent: { say: transferring, redirect: "https://other.example.com/ivr?line=7&Segment=silver&flag", send: [AccountNumber, Segment], sealed: true }
blocks:
  account: { collect: account-number, digits: 4, save-as: AccountNumber, next: sent }`;

const OPEN = SEALED.replace('callflow: sealed', 'callflow: open').replace(', sealed: true', '');

const UNSET = `
callflow: unset
start: hello
exits:
  app: { say: transferring, redirect: "\${CALLFLOW_NOWHERE}" }
blocks:
  hello: { say: goodbye, next: app }`;

/** Links to a callflow that hands over by an exit of its own. */
const OUTER = `
callflow: outer
start: inside
exits: { bye: { hang-up: true } }
blocks:
  inside: { link: open, paths: { error: bye } }`;

const prompts = 'locale: en-US\nprompts: { account-number: "Your account number." }';

let world: World;
beforeAll(async () => {
  world = await World.open({
    settings: { CALLFLOW_STUDIO_FLOW_URL: STUDIO },
    edit: {
      'callflows/two-factor.yaml': [
        [
          'success: { returns: success }',
          'success: { studio-return: "${CALLFLOW_STUDIO_FLOW_URL}", send: [AccountNumber] }',
        ],
        [
          'agent:   { say: transferring, dial: "${AGENT_NUMBER}" }',
          'agent: { studio-return: "${CALLFLOW_STUDIO_FLOW_URL}" }',
        ],
      ],
    },
    files: {
      'callflows/sealed.yaml': SEALED,
      'callflows/open.yaml': OPEN,
      'callflows/unset.yaml': UNSET,
      'callflows/outer.yaml': OUTER,
      'prompts/en-US/sealed.yaml': prompts,
      'prompts/en-US/open.yaml': prompts,
    },
  });
});
afterAll(() => world.close());

interface HandedOver {
  /** The address without its query. */
  readonly to: string;
  readonly query: Readonly<Record<string, string>>;
  readonly claims: JWTPayload;
}

/** What the other application learns; it derives the keys from the auth token that both ends share. */
async function handedOver(caller: Caller): Promise<HandedOver> {
  const url = new URL(caller.redirect);
  const { token = '', ...query } = Object.fromEntries(url.searchParams);
  const key = (purpose: string): Uint8Array =>
    new Uint8Array(hkdfSync('sha256', world.address.authToken, '', `dialproof handover ${purpose}`, 32));
  const options = { currentDate: new Date(world.clock.now()) };
  const { payload } =
    decodeProtectedHeader(token).alg === 'dir'
      ? await jwtDecrypt(token, key('A256GCM'), options)
      : await jwtVerify(token, key('HS256'), options);
  return { to: url.origin + url.pathname, query, claims: payload };
}

/** The second that a token was issued in: this one, or the one before where the clock has gone on since. */
function issuedNow({ iat = 0 }: HandedOver['claims']): number {
  const now = Math.floor(world.clock.now() / 1000);
  expect([now, now - 1]).toContain(iat);
  return iat;
}

/** Studio sends the caller to be verified, and the caller is. */
async function verified(): Promise<Caller> {
  const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
  await caller.presses(world.code);
  expect(caller.heard).toMatch(/you are verified/);
  return caller;
}

const phaseOf = async (caller: Caller): Promise<string> => (await world.counts(caller)).phase;

describe('Twilio Studio sends a caller to be verified', () => {
  it('and gets the verified caller back: FlowEvent, path, variables, and a token that proves them', async () => {
    const caller = await verified();
    expect(caller.verbs.at(-1)?.verb).toBe('redirect');
    const back = await handedOver(caller);
    const issued = issuedNow(back.claims);
    expect(back).toEqual({
      to: STUDIO,
      query: { FlowEvent: 'return', path: 'success', verified: 'true', AccountNumber: '1002' },
      claims: {
        iss: 'dialproof',
        sub: caller.call,
        path: 'success',
        verified: true,
        variables: { AccountNumber: '1002' },
        iat: issued,
        exp: issued + 300,
      },
    });
    expect(await world.counts(caller)).toMatchObject({ phase: 'away', exit: 'success', entries: 1, grants: 1 });
  });

  it('G56: and sends the same caller again: nothing is asked, the caller is back at once', async () => {
    const caller = await verified();
    const sent = world.inbox.messages.length;
    world.clock.advance(10 * minute);
    await caller.go(START);
    expect(caller.heard).toBe('');
    const { query, claims } = await handedOver(caller);
    expect(query).toMatchObject({ path: 'success', verified: 'true' });
    expect(claims).toMatchObject({ sub: caller.call, exp: issuedNow(claims) + 300 });
    expect(world.inbox.messages).toHaveLength(sent);
    expect(await world.counts(caller)).toMatchObject({ phase: 'away', entries: 2, sends: 1 });
  });

  it('a caller who is not verified comes back by the other path, and has no more sends for it', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
    for (let n = 0; n < 3; n++) await caller.presses(world.wrongCode);
    expect((await handedOver(caller)).query).toEqual({ FlowEvent: 'return', path: 'agent', verified: 'false' });
    expect(await world.counts(caller)).toMatchObject({ phase: 'away', exit: 'agent', sends: 1 });
    await caller.dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toMatch(ENTER_CODE);
    expect(await world.counts(caller)).toMatchObject({ phase: 'active', entries: 2, sends: 2 });
    for (let n = 0; n < 3; n++) await caller.presses(world.wrongCode);
    await caller.dials('two-factor', { AccountNumber: '1003' });
    for (let n = 0; n < 3; n++) await caller.presses(world.wrongCode);
    await caller.dials('two-factor', { AccountNumber: '1003' });
    expect((await handedOver(caller)).query).toMatchObject({ path: 'agent', verified: 'false' });
    expect(await world.counts(caller)).toMatchObject({ entries: 4, sends: 3 });
  });

  it('a code that was sent before the call left is void after it', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    const { code } = world;
    for (let n = 0; n < 3; n++) await caller.isSilent();
    expect((await handedOver(caller)).query).toMatchObject({ path: 'agent' });
    await caller.dials('two-factor', { AccountNumber: '1002' });
    await caller.presses(code === world.code ? world.wrongCode : code);
    expect(caller.heard).toMatch(/did not match/);
  });
});

describe('a start while another application has the call', () => {
  it('that repeats the first one, by its idempotency token, gets the stored first reply and changes nothing', async () => {
    const caller = world.caller();
    const first = await caller.post(START, {}, { idempotency: 'one' });
    await caller.go(START);
    await caller.presses(world.code);
    const before = await world.counts(caller);
    expect(before).toMatchObject({ phase: 'away' });
    expect(await caller.post(START, {}, { idempotency: 'one' })).toEqual(first);
    expect(await world.counts(caller)).toEqual(before);
  });

  it('that comes twice opens one entry, and both get the same bytes', async () => {
    const caller = await verified();
    const replies = await Promise.all([1, 2, 3].map(() => caller.post(START, {}, { idempotency: 'back' })));
    expect(new Set(replies.map(({ body }) => body)).size).toBe(1);
    expect(await caller.post(START, {}, { idempotency: 'back' })).toEqual(replies[0]);
    expect(await world.counts(caller)).toMatchObject({ entries: 2, phase: 'away' });
    await caller.post(START, {}, { idempotency: 'later' });
    expect(await world.counts(caller)).toMatchObject({ entries: 3, phase: 'away' });
  });

  it('may be of another callflow, which begins with nothing but the grant', async () => {
    const caller = await verified();
    await caller.dials('main');
    expect(caller.heard).toMatch(/enter your account number/);
    await caller.presses('1002');
    expect(caller.heard).toMatch(/Your balance is/);
    expect(await world.counts(caller)).toMatchObject({ phase: 'active', entries: 2, sends: 1 });
  });

  it('of another account is verified anew', async () => {
    const caller = await verified();
    await caller.dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toMatch(ENTER_CODE);
    expect(await world.counts(caller)).toMatchObject({ entries: 2, sends: 2, grants: 1 });
  });

  it('after the caller has hung up over there: Hangup, and nothing is sent', async () => {
    const caller = await verified();
    await caller.hangsUp();
    expect(await phaseOf(caller)).toBe('ended');
    expect((await caller.post(START)).body).toBe(HANGUP);
    expect((await caller.post('/voice/two-factor?AccountNumber=1003')).body).toBe(HANGUP);
    expect(await world.counts(caller)).toMatchObject({ phase: 'ended', sends: 1 });
  });
});

describe('a turn while another application has the call', () => {
  it('that is a repeat gets the stored reply; any other is not known', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    const { action } = caller;
    const reply = await caller.post(action, { Digits: world.code });
    expect(await caller.post(action, { Digits: world.code })).toEqual(reply);
    const unknown = await caller.post('/voice/turn/AAAAAAAAAAAAAAAAAAAAAA', { Digits: '1' });
    expect(said(unknown.body)).toBe('Sorry, we have a technical problem.');
    expect(await phaseOf(caller)).toBe('away');
  });
});

describe('the fallback while another application has the call', () => {
  const failed = (url: string, code = '11200') => ({ ErrorUrl: url, ErrorCode: code });

  it('that names an address of the other application: an apology, the agent, and the call is over', async () => {
    const caller = await verified();
    const errorUrl = caller.redirect;
    await caller.go('/voice/fallback', failed(errorUrl));
    expect(caller.heard).toBe('Sorry, we have a technical problem.');
    expect(caller.dialled).toBe(AGENT);
    expect(await caller.post('/voice/fallback', failed(errorUrl))).toMatchObject({ body: caller.body });
    expect(await phaseOf(caller)).toBe('ended');
  });

  it('that names the turn which handed it over gets that reply again', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    const { action } = caller;
    await caller.presses(world.code);
    expect((await caller.post('/voice/fallback', failed(action))).body).toBe(caller.body);
    expect(await phaseOf(caller)).toBe('away');
  });

  it('with a document that was refused over there: an apology as well', async () => {
    const caller = await verified();
    await caller.go('/voice/fallback', failed(`${STUDIO}?step=2`, '12100'));
    expect(caller.dialled).toBe(AGENT);
  });
});

describe('redirect to another application', () => {
  it('keeps the query of the address; where names meet, ours stay', async () => {
    const caller = await world.caller().dials('open', { Segment: 'gold & more' });
    await caller.presses('1002');
    expect(caller.redirect).toMatch(/^https:\/\/other\.example\.com\/ivr\?line=7&flag&path=sent&/);
    expect(caller.verbs.map(({ verb }) => verb)).toEqual(['say', 'redirect']);
    const { query, claims } = await handedOver(caller);
    expect(query).toEqual({
      line: '7',
      flag: '',
      path: 'sent',
      verified: 'false',
      AccountNumber: '1002',
      Segment: 'gold & more',
    });
    expect(claims).toMatchObject({ variables: { AccountNumber: '1002', Segment: 'gold & more' }, verified: false });
  });

  it('that is sealed holds the variables in the encrypted token alone', async () => {
    const caller = await world.caller().dials('sealed', { Segment: 'gold' });
    await caller.presses('8642');
    expect(caller.redirect).not.toMatch(/8642|gold/);
    const { query, claims } = await handedOver(caller);
    expect(query).toEqual({ line: '7', flag: '', Segment: 'silver', path: 'sent', verified: 'false' });
    expect(claims).toMatchObject({
      iss: 'dialproof',
      sub: caller.call,
      path: 'sent',
      verified: false,
      variables: { AccountNumber: '8642', Segment: 'gold' },
    });
    const [, wrapped] = (new URL(caller.redirect).searchParams.get('token') ?? '').split('.');
    expect(wrapped).toBe('');
  });

  it('D14: by an exit of a linked callflow that the link does not wire', async () => {
    const caller = await world.caller().dials('outer');
    await caller.presses('1002');
    expect(await handedOver(caller)).toMatchObject({
      to: 'https://other.example.com/ivr',
      query: { path: 'sent', AccountNumber: '1002' },
    });
    expect(await world.counts(caller)).toMatchObject({ callflow: 'open', exit: 'sent', phase: 'away' });
  });

  it('whose address is not set leaves by error, and the log says which', async () => {
    const caller = await world.caller().dials('unset');
    expect(caller.heard).toMatch(/technical problem/);
    expect(caller.dialled).toBe(AGENT);
    expect(await world.counts(caller)).toMatchObject({ exit: 'error', phase: 'active' });
    expect(world.log).toMatch(
      /"call":"\w+","callflow":"unset","exit":"app","msg":"an exit has no address: it is not set"/,
    );
  });
});
