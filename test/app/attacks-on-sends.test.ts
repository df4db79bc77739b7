/** What somebody can do to have more codes sent than allowed, or to somebody else, over signed HTTP. */
import { afterAll, describe, expect, it } from 'vitest';
import type { Caller } from '../support/caller.ts';
import { httpStub, type StubServer } from '../support/stub-server.ts';
import { World, type WorldOptions } from '../support/world.ts';

const AGENT = '+12025550199';
const TWO_FACTOR = 'callflows/two-factor.yaml';

const opened: { close(): Promise<void> }[] = [];
afterAll(async () => {
  for (const each of opened) await each.close();
});

async function worldWith(options: WorldOptions = {}): Promise<World> {
  const world = await World.open(options);
  opened.push(world);
  return world;
}

/** A customer's system that lists for an account what `listed` says. */
async function bankThat(listed: (account: string) => string): Promise<StubServer> {
  const stub = await httpStub((response, body, request) => {
    const given = new URLSearchParams(body || (request.url ?? '').replace(/^.*\?/, ''));
    const methods = listed(given.get('AccountNumber') ?? '');
    const status = `<status>success</status><methods>${methods}</methods>`;
    response.end(`<checkVerifiedContactMethods>${status}</checkVerifiedContactMethods>`);
  });
  opened.push(stub);
  return stub;
}

async function askedBy(bank: StubServer, settings: Readonly<Record<string, string>> = {}): Promise<World> {
  return worldWith({
    settings: { CONTACT_METHODS_URL: `${bank.url}methods`, SERVICE_HOSTS: bank.host, ...settings },
  });
}

async function calls(world: World, count: number, query: (n: number) => Record<string, string>): Promise<Caller[]> {
  return Promise.all(Array.from({ length: count }, (_, n) => world.caller().dials('two-factor', query(n))));
}

describe('budgets', () => {
  it('of one address, under ten calls for ten accounts at the same moment: never more messages than allowed', async () => {
    const bank = await bankThat(() => '<method name="email" value="victim@example.test"/>');
    const world = await askedBy(bank, { SENDS_PER_DESTINATION: '3/10m' });
    const callers = await calls(world, 10, (n) => ({ AccountNumber: String(1000 + n) }));
    expect(world.inbox.messages).toHaveLength(3);
    expect(callers.filter(({ dialled }) => dialled === AGENT)).toHaveLength(7);
  });

  it('are not filled up again by a wall clock that is set back, nor by a restart', async () => {
    const bank = await bankThat(() => '<method name="email" value="victim@example.test"/>');
    const world = await askedBy(bank, { SENDS_PER_DESTINATION: '1/10m' });
    await world.caller().dials('two-factor', { AccountNumber: '1000' });
    for (const again of [async () => world.clock.setBack(3_600_000), () => world.restarts()]) {
      await again();
      const caller = await world.caller().dials('two-factor', { AccountNumber: '1001' });
      expect(caller.dialled).toBe(AGENT);
    }
    expect(world.inbox.messages).toHaveLength(1);
  });

  it('of one number are not multiplied by the ways to write it', async () => {
    const written = ['+12025550156', '12025550156', '+1 (202) 555-0156', '1-202-555-0156', ' +1.202.555.0156 '];
    const bank = await bankThat((account) => `<method name="SMS" value="${written[Number(account) % 5]}"/>`);
    const world = await askedBy(bank, { SENDS_PER_DESTINATION: '2/10m' });
    for (let n = 0; n < 5; n++) await world.caller().dials('two-factor', { AccountNumber: String(1000 + n) });
    expect(world.inbox.messages.map(({ to }) => to.replace('+', ''))).toEqual(['12025550156', '12025550156']);
  });

  it('of one account are not multiplied by the ways to write it, nor by other callers', async () => {
    const bank = await bankThat((account) => `<method name="email" value="a${account.length}@example.test"/>`);
    const world = await askedBy(bank, { SENDS_PER_ACCOUNT: '2/24h' });
    const spellings = ['1002', ' 1002', '1002 ', '１００２', '𝟏𝟎𝟎𝟐'];
    await calls(world, 5, (n) => ({ AccountNumber: spellings[n] ?? '' }));
    expect(world.inbox.messages).toHaveLength(2);
  });
});

describe('what a start brings along', () => {
  const LISTED = '<method name="email" value="owner@example.test"/>';

  it.each([
    ['an address beside the listed one', { CustomerEmail: 'eve@example.test' }],
    ['what a look-up has found', { found: '[{"method":"email","destination":"eve@example.test"}]', chosen: 'email' }],
    ['a code and its readings', { authCode: '000000', authCode_nbest1: '000000', authCode_nbestLength: '1' }],
    ['limits', { sends: '0', failures: '-1', most: '99' }],
  ])('%s changes nothing: the code goes to the listed address', async (_what, query) => {
    const bank = await bankThat(() => LISTED);
    const world = await askedBy(bank);
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002', ...query });
    expect(world.inbox.messages.map(({ to }) => to)).toEqual(['owner@example.test']);
    await caller.presses(world.wrongCode);
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, attempts: 2 });
  });

  it.each([
    ['8 kB long', '9'.repeat(8_000)],
    ['half a character', '%ED%A0%80'],
    ['a name of an object', '__proto__'],
    ['a slot', '{{to}}${OTP}{code}'],
  ])('an account that is %s is asked about as it is, and its code lets it in alone', async (_what, AccountNumber) => {
    const bank = await bankThat(() => LISTED);
    const world = await askedBy(bank);
    const caller = await world.caller().dials('two-factor', { AccountNumber });
    expect(world.inbox.messages.map(({ to }) => to)).toEqual(['owner@example.test']);
    const { code } = world;
    const other = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    await other.presses(code);
    expect(await world.counts(other)).toMatchObject({ attempts: 1, grants: 0 });
    await caller.presses(code);
    expect((await world.counts(caller)).exit).toBe('success');
  });

  it.each([
    ['a NUL', '10\u000002'],
    ['a line end', '1002\r\nBcc: eve@example.test'],
  ])('an account that holds %s is nobody: nothing is asked for it, and nothing sent', async (_what, AccountNumber) => {
    const bank = await bankThat(() => LISTED);
    const world = await askedBy(bank);
    const caller = await world.caller().dials('two-factor', { AccountNumber });
    expect(world.inbox.messages).toEqual([]);
    expect(await world.counts(caller)).toMatchObject({ exit: 'agent', sends: 0 });
  });
});

describe('two readings of a spoken code', () => {
  it('D10: one that no code can be is not tried, and uses no attempt', async () => {
    const world = await worldWith({
      edit: {
        [TWO_FACTOR]: [
          ['made-by: internal', 'try-nbest: 2\n    made-by: internal'],
          ['    digits: code                     #', '    digits: code\n    input: dtmf speech\n    #'],
        ],
      },
    });
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1002' });
    const digits = 'zero one two three four five six seven eight nine'.split(' ');
    const words = world.wrongCode.split('').map((digit) => digits[Number(digit)] ?? '');
    await caller.go(caller.action, { SpeechResult: `${words.join(' ')} oh`, Confidence: '0.9' });
    expect(caller.heard).toContain('2 tries left');
    expect(await world.counts(caller)).toMatchObject({ attempts: 1 });
  });
});
