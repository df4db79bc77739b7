/**
 * What a contact-methods service may answer as the value of a method and no code may go to: mail injection, lists,
 * other protocols, expensive and own numbers. Each goes through the whole product by each way that codes are sent.
 */
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contactMethods } from '../support/contact-methods.ts';
import { httpStub, tcpStub, type StubServer } from '../support/stub-server.ts';
import { twilioStub } from '../support/twilio-stub.ts';
import { World } from '../support/world.ts';

const VALUES: readonly (readonly [what: string, value: string])[] = [
  // Of mail
  ['a header by CR and LF', 'ana@example.test\r\nBcc: eve@evil.example'],
  ['a header by LF', 'ana@example.test\nBcc: eve@evil.example'],
  ['a header by CR', 'ana@example.test\rBcc: eve@evil.example'],
  ['a message behind CR and LF', 'ana@example.test\r\n\r\nYour code is 000000'],
  ['an SMTP command', 'ana@example.test>\r\nRCPT TO:<eve@evil.example'],
  ['an SMTP command without a line break', 'ana@example.test> RCPT TO:<eve@evil.example>'],
  ['a tab', 'ana@example.test\teve@evil.example'],
  ['a line separator of Unicode', 'ana@example.test\u2028eve@evil.example'],
  ['a list by comma', 'ana@example.test,eve@evil.example'],
  ['a list by semicolon', 'ana@example.test;eve@evil.example'],
  ['a list by space', 'ana@example.test eve@evil.example'],
  ['a comma at the end', 'ana@example.test,'],
  ['a group', 'friends: ana@example.test, eve@evil.example;'],
  ['an empty group', 'undisclosed-recipients:;'],
  ['a name and an address', 'Ana <ana@example.test>'],
  ['an address in angle brackets', '<ana@example.test>'],
  ['a quoted name with an address', '"eve@evil.example" <ana@example.test>'],
  ['a quoted local part', '"ana"@example.test'],
  ['a quoted local part with a space', '"ana eve"@example.test'],
  ['a quoted local part with an address', '"eve@evil.example,"@example.test'],
  ['a quoted local part with a line break', '"ana\r\n"@example.test'],
  ['a comment', 'ana(eve@evil.example)@example.test'],
  ['a comment at the end', 'ana@example.test (Ana)'],
  ['two at signs', 'ana@example.test@evil.example'],
  ['a route', '@evil.example:ana@example.test'],
  ['a mailto address', 'mailto:ana@example.test'],
  ['a mailto address with a copy', 'mailto:ana@example.test?bcc=eve@evil.example'],
  ['a domain in digits', 'ana@127.0.0.1'],
  ['a domain literal', 'ana@[127.0.0.1]'],
  ['a host without a domain', 'ana@localhost'],
  ['no domain', 'ana@'],
  ['no local part', '@example.test'],
  ['a dot at the end', 'ana@example.test.'],
  ['letters of another alphabet', 'аna@example.test'],
  ['a slot', '{{to}}@example.test\\'],
  ['an address of over 254 characters', `${'a'.repeat(60)}@${'b.'.repeat(100)}example.test`],
  // Of telephones
  ['two numbers by comma', '+12025550121,+12025550122'],
  ['two numbers by semicolon', '+12025550121;+12025550122'],
  ['two numbers by space', '+12025550121 +12025550122'],
  ['a number and a header', '+12025550121\r\nX-Injected: 1'],
  ['a number with a line break', '+1202555\n0121'],
  ['a number and a parameter', '+12025550121&to=+12025550122'],
  ['a number and an encoded parameter', '+12025550121%26to%3D%2B12025550122'],
  ['an extension', '+12025550121 ext. 7'],
  ['an extension by x', '+12025550121x7'],
  ['an extension by commas', '+12025550121,,7'],
  ['an extension by semicolon', '+12025550121;ext=7'],
  ['an extension by hash', '+12025550121#7'],
  ['a tel address', 'tel:+12025550121'],
  ['an sms address', 'sms:+12025550121'],
  ['a SIP address', 'sip:+12025550121@evil.example'],
  ['a SIP address without a number', 'sip:ana@evil.example'],
  ['a client', 'client:ana'],
  ['a messenger', 'whatsapp:+12025550121'],
  ['premium rate of North America', '+19005550123'],
  ['premium rate', '+449098790879'],
  ['shared cost', '+491801123456'],
  ['a personal number', '+447012345678'],
  ['a pager', '+447640123456'],
  ['a fixed line', '+442079460123'],
  ['a satellite', '+8816212345678'],
  ['a satellite of Inmarsat', '+870773111632'],
  ['a global network', '+882161234567890'],
  ['a global premium number', '+979123456789'],
  ['a global toll-free number', '+80012345678'],
  ['another country', '+33612345678'],
  ['another country of the same code', '+18765550100'],
  ['the number that we send from', '+12025550100'],
  ['the same in another spelling', '1 (202) 555-0100'],
  ['the number of our agents', '+12025550199'],
  ['a number without its country', '2025550121'],
  ['a number with a prefix of its country', '0012025550121'],
  ['two plus signs', '++12025550121'],
  ['full-width digits', '+１２０２５５５０１２１'],
  ['letters for digits', '+1202555CODE'],
  ['a short number', '112'],
  // Of both
  ['markup', '<script>alert(1)</script>'],
  ['quotes', `'"\`;--`],
  ['nothing but spaces', '   '],
];

/** What the service answers for the account: its number in the list, from 1000; 999 has a value that is good. */
function answerTo(account: string, method: string, good: string): string {
  const value = account === '999' ? good : (VALUES[Number(account) - 1000]?.[1] ?? '');
  const written = Array.from(value, (each) => `&#${each.codePointAt(0)};`).join('');
  return contactMethods(`<method name="${method}" value="${written}"/>`);
}

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

function kept(stub: StubServer): StubServer {
  closers.push(() => stub.close());
  return stub;
}

/** A way that codes are sent, and what has come of it at the other end. */
interface Way {
  readonly method: string;
  readonly good: string;
  readonly settings: Readonly<Record<string, string>>;
  /** Connections or requests, and recipients. */
  readonly met: () => readonly string[];
}

const WAYS: Readonly<Record<string, () => Promise<Way>>> = {
  async email() {
    const met: string[] = [];
    const smtp = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      onRcptTo: ({ address }, _session, callback) => {
        met.push(`RCPT ${address}`);
        callback();
      },
      onData: (stream, _session, callback) => {
        stream.resume();
        stream.on('end', () => callback());
      },
    });
    smtp.on('error', () => undefined);
    const stub = await tcpStub((socket) => {
      met.push('connection');
      smtp.server.emit('connection', socket);
    });
    const settings = {
      EMAIL_SMTP_HOST: '127.0.0.1',
      EMAIL_SMTP_PORT: String(kept(stub).port),
      EMAIL_SMTP_TLS: 'none',
    };
    return { method: 'email', good: 'ana@example.test', settings, met: () => met };
  },
  async 'the SMS gateway'() {
    const met: string[] = [];
    const stub = await httpStub((response, body) => {
      met.push(`request ${body}`);
      response.end();
    });
    const settings = { SMS_URL: kept(stub).url, SMS_REQUEST_BODY: '{{to}}', SERVICE_HOSTS: stub.host };
    return { method: 'SMS', good: '+12025550121', settings, met: () => met };
  },
  async 'SMS through Twilio'() {
    const stub = await twilioStub();
    closers.push(() => stub.close());
    const met = (): readonly string[] => Array.from({ length: stub.requests }, () => 'request');
    return { method: 'SMS', good: '+12025550121', settings: stub.settings, met };
  },
};

describe.each(Object.keys(WAYS))('by %s, a value that no code may go to', (name) => {
  let way: Way;
  let world: World;
  beforeAll(async () => {
    way = await (WAYS[name] as () => Promise<Way>)();
    const service = kept(
      await httpStub((response, body) => {
        response.end(answerTo(new URLSearchParams(body).get('AccountNumber') ?? '', way.method, way.good));
      }),
    );
    world = await World.open({
      settings: {
        ...way.settings,
        CONTACT_METHODS_URL: service.url,
        SERVICE_HOSTS: [way.settings['SERVICE_HOSTS'], service.host].filter(Boolean).join(','),
        // Where numbers are refused for what they are, and not for their country alone.
        SMS_COUNTRIES: 'US,GB,DE',
      },
      edit: {
        'callflows/two-factor.yaml': [
          ['no-method: agent ', 'no-method: no-way '],
          ['exits:\n', 'exits:\n  no-way:  { say: goodbye, hang-up: true }\n'],
        ],
      },
    });
    closers.unshift(() => world.close());
  });

  it.each(VALUES.map(([what, value], index) => [what, value, String(1000 + index)] as const))(
    'G50 D6: %s: nothing is sent, and the caller takes `no-method`',
    async (_what, value, account) => {
      const caller = await world.caller().dials('two-factor', { AccountNumber: account });
      expect(await world.counts(caller)).toMatchObject({ exit: 'no-way', sends: 0 });
      expect(way.met()).toEqual([]);
      if (value.trim().length > 3) expect(world.log).not.toContain(value.trim());
    },
  );

  it('is not one that is good: the code gets there', async () => {
    const caller = await world.caller().dials('two-factor', { AccountNumber: '999' });
    expect(caller.heard).toContain('Enter the 6 digits now');
    expect(way.met().length).toBeGreaterThan(0);
    expect(await world.counts(caller)).toMatchObject({ sends: 1 });
  });
});
