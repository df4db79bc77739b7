import { describe, expect, it } from 'vitest';
import { findingsOf } from './rule-findings.ts';

const line = (settings: string, blocks = 'hello: { say: hello, next: agent }'): string => `
callflow: line
start: ${/^\w+/.exec(blocks)?.[0] ?? ''}
inputs: [AccountNumber]
account: AccountNumber
settings: ${settings}
exits: { agent: { hang-up: true } }
blocks:
  ${blocks}`;

const email = (from: string): string => line(`{ messages: { email: { from: "${from}", subject: Code } } }`);
const sms = (from: string): string => line(`{ messages: { sms: { from: "${from}" } } }`);
const SENDS = 'send: { send-code: chosen, paths: { sent: agent, failed: agent } }';

describe('CF236: a sender that nothing can come from', () => {
  it.each(['security@example.com', ' security@example.com ', "o'neil+codes@mail.example.co.uk"])(
    'email may come from "%s"',
    (from) => {
      expect(findingsOf('CF236', email(from))).toEqual([]);
    },
  );

  it.each(['', 'security', 'Bank <security@example.com>', 'a@example.com, b@example.com', 'security@localhost'])(
    'email cannot come from "%s"',
    (from) => {
      expect(findingsOf('CF236', email(from))).toEqual([
        `6:40 "${from}" is not exactly one mailbox, so no email could be sent.`,
      ]);
    },
  );

  it.each(['+12025550100', '24567', '123', '12345678', 'ExampleBank', 'A', 'Bank 24'])(
    'a text message may come from "%s"',
    (from) => {
      expect(findingsOf('CF236', sms(from))).toEqual([]);
    },
  );

  it.each(['', '12025550100', '+1 202 555 0100', '12', 'ExampleBank1', 'Bänk', 'Bank!', '   '])(
    'a text message cannot come from "%s"',
    (from) => {
      expect(findingsOf('CF236', sms(from))).toEqual([`6:38 "${from}" is nothing that a text message can come from.`]);
    },
  );

  it('a number without quotes is what was written', () => {
    expect(findingsOf('CF236', line('{ messages: { sms: { from: +12025550100 } } }'))).toEqual([]);
  });

  it('of the environment is told by its name; one that is not set is a matter of another finding', () => {
    const yaml = email('${CALLFLOW_FROM}');
    expect(findingsOf('CF236', yaml, { environment: { CALLFLOW_FROM: 'Ana <ana@example.com>' } })).toEqual([
      '6:40 The value of "${CALLFLOW_FROM}" is not exactly one mailbox, so no email could be sent.',
    ]);
    expect(findingsOf('CF236', yaml)).toEqual([]);
  });
});

describe('CF236: no sender, although codes are sent', () => {
  it('by any of the methods that need one, at the block that sends', () => {
    expect(findingsOf('CF236', line('{}', SENDS))).toEqual([
      '9:3 Codes are sent by email, and nothing says who the sender is.',
      '9:3 Codes are sent by sms, and nothing says who the sender is.',
    ]);
  });

  it('by one of them, at the messages of the other', () => {
    const settings = '{ messages: { sms: { from: "24567" } } }';
    expect(findingsOf('CF236', line(settings, SENDS))).toEqual([
      '6:13 Codes are sent by email, and nothing says who the sender is.',
    ]);
  });

  it('by the only method, which nobody would be offered', () => {
    expect(findingsOf('CF236', line('{ methods: [voice] }', SENDS))).toEqual([
      '9:3 Codes are sent by voice, and nothing says who the sender is.',
    ]);
  });

  it('is no mistake where the codes are those of another system', () => {
    const at = '{ production: "https://example.test" }';
    const external = line('{ methods: [email, voice], code: { made-by: external } }', SENDS);
    const services = `services: { send-code: ${at}, verify-code: ${at} }\nexits:`;
    expect(findingsOf('CF236', external.replace('exits:', services))).toEqual([]);
  });

  it.each([
    ['the method is not offered', '{ methods: [voice, authenticator] }', SENDS],
    ['nothing is sent', '{ methods: [email, sms] }', 'hello: { say: hello, next: agent }'],
  ])('is no mistake where %s', (_what, settings, blocks) => {
    expect(findingsOf('CF236', line(settings, blocks))).toEqual([]);
  });
});
