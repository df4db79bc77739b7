/** Text messages through both providers, over signed HTTP. */
import { afterAll, describe, expect, it } from 'vitest';
import { httpStub } from '../support/stub-server.ts';
import { twilioStub } from '../support/twilio-stub.ts';
import { World, type FileChanges } from '../support/world.ts';

const TWO_FACTOR = 'callflows/two-factor.yaml';
const PROMPTS = 'prompts/en-US/two-factor.yaml';

const SHIPPED =
  '"{code} is your security code. It works for {minutes, plural, one {# minute} other {# minutes}}. We never call you to ask for it."';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** A world with this provider, and how many requests its server has got. */
const PROVIDERS = {
  async gateway(changes: FileChanges) {
    let requests = 0;
    let arrives: (message: string) => void = () => undefined;
    const stub = await httpStub((response, body) => {
      requests += 1;
      arrives(body);
      response.end();
    });
    const settings = { SMS_URL: stub.url, SMS_REQUEST_BODY: '{{to}} {{report}} {{text}}', SERVICE_HOSTS: stub.host };
    const world = await World.open({ settings, ...changes, unchecked: true });
    arrives = (message) => {
      const [to = '', report = '', ...words] = message.split(' ');
      world.inbox.add({ method: 'sms', to, report, text: words.join(' ') });
    };
    closers.push(
      () => world.close(),
      () => stub.close(),
    );
    return { world, requests: () => requests };
  },
  async twilio(changes: FileChanges) {
    const stub = await twilioStub();
    const world = await World.open({ settings: stub.settings, ...changes, unchecked: true });
    stub.fills(world.inbox);
    closers.push(
      () => world.close(),
      () => stub.close(),
    );
    return { world, requests: () => stub.requests };
  },
} as const;

describe.each(['gateway', 'twilio'] as const)('SMS by the provider %s', (provider) => {
  /** Apart, so that the paths can be told from each other. */
  const apart = [
    '      failed: not-delivered',
    '      unreachable: agent\n      rejected: agent\n      error: not-delivered',
  ] as const;

  it('L18: a text of 161 characters takes the path `error`, and nothing is sent', async () => {
    const { world, requests } = await PROVIDERS[provider]({
      edit: {
        [TWO_FACTOR]: [apart],
        [PROMPTS]: [[SHIPPED, `"{code}${'x'.repeat(155)}"`]],
      },
    });
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toContain('Sorry, we could not send your code.');
    expect(requests()).toBe(0);
    expect(world.log).toContain('takes 161 of 160 characters of an SMS');
    expect(await world.counts(caller)).toMatchObject({ sends: 1, attempts: 0, grants: 0 });
  });

  it('L18: one character that the basic alphabet does not have makes 70 of the 160, and the longer text is not sent', async () => {
    const { world, requests } = await PROVIDERS[provider]({
      edit: { [TWO_FACTOR]: [apart], [PROMPTS]: [['"{code} is your security code.', '"{code} – your security code.']] },
    });
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toContain('Sorry, we could not send your code.');
    expect(requests()).toBe(0);
  });

  it('L18: the message that is shipped fits, arrives once, and its code lets the caller in', async () => {
    const { world, requests } = await PROVIDERS[provider]({});
    const caller = await world.caller().dials('two-factor', { AccountNumber: '1003' });
    expect(caller.heard).toContain('We sent a code by text message');
    expect(requests()).toBe(1);
    await caller.presses(world.code);
    expect(await world.counts(caller)).toMatchObject({ exit: 'success', sends: 1, grants: 1 });
  });
});
