import { connect } from 'node:net';
import { once } from 'node:events';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startDemo, type Demo } from '../../src/demo/start-demo.ts';

let demo: Demo;
beforeEach(async () => {
  demo = await startDemo({ now: () => 1_700_000_000_000 });
});
afterEach(() => demo.close());

const sendMail = (mail: Record<string, unknown>) =>
  createTransport({ ...demo.smtp, secure: false, ignoreTLS: true }).sendMail({ from: 'security@example.com', ...mail });

/** Fills the gateway's template as a JSON gateway client does: each slot escaped inside its string. */
function sendText(values: Record<'to' | 'from' | 'text' | 'report', string>) {
  const body = Object.entries(values).reduce(
    (template, [slot, value]) => template.replace(`{{${slot}}}`, () => JSON.stringify(value).slice(1, -1)),
    demo.sms.body,
  );
  const [, name = '', value = ''] = /^"([^":]+):([^"]+)"$/.exec(demo.sms.headers) ?? [];
  return fetch(demo.sms.url, { method: demo.sms.method, headers: { [name]: value }, body });
}

describe('the mail server', () => {
  it('puts a message into the inbox: recipient, subject, text, code, and the report token of its Message-ID', async () => {
    await sendMail({
      to: 'ana@example.test',
      subject: 'Your security code',
      text: 'Your code is 048213.',
      messageId: '<tok_EN-1@dialproof>',
    });
    expect(demo.inbox.messages).toEqual([
      {
        id: '1',
        method: 'email',
        to: 'ana@example.test',
        subject: 'Your security code',
        text: 'Your code is 048213.',
        code: '048213',
        report: 'tok_EN-1',
        at: 1_700_000_000_000,
      },
    ]);
  });

  it.each(['quoted-printable', 'base64'] as const)(
    'reads what was encoded as %s, subject included',
    async (textEncoding) => {
      const text =
        'Código: 048213 — válido 5 minutos. ' + 'Una línea muy larga, que se parte al codificarla. '.repeat(4).trim();
      await sendMail({ to: 'ana@example.test', subject: 'Tu código de seguridad', text, textEncoding });
      expect(demo.inbox.messages).toMatchObject([{ subject: 'Tu código de seguridad', text, code: '048213' }]);
    },
  );

  it('believes the envelope, not the To header, about who receives the message', async () => {
    await sendMail({
      to: 'shown@example.test',
      text: '1234',
      envelope: { from: 'a@example.com', to: 'real@example.test' },
    });
    expect(demo.inbox.messages.map(({ to }) => to)).toEqual(['real@example.test']);
  });

  it('takes no login and offers no TLS', async () => {
    const socket = connect(demo.smtp.port, demo.smtp.host).setEncoding('utf8');
    await once(socket, 'data');
    socket.write('EHLO test\r\n');
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(answer).not.toMatch(/STARTTLS|AUTH/);
  });

  it('refuses a message over 256 kB and keeps working', async () => {
    const big = 'x'.repeat(1000).concat('\r\n').repeat(300);
    await expect(sendMail({ to: 'ana@example.test', text: big })).rejects.toThrow(/552|size/);
    await sendMail({ to: 'ana@example.test', text: 'Your code is 1234.' });
    expect(demo.inbox.messages.map(({ code }) => code)).toEqual(['1234']);
  });

  it('takes many messages at once', async () => {
    const addresses = Array.from({ length: 50 }, (_, n) => `bulk-${9_000_000 + n}@example.test`);
    await Promise.all(addresses.map((to) => sendMail({ to, text: 'Your code is 123456.' })));
    expect(demo.inbox.messages.map(({ to }) => to).sort()).toEqual(addresses);
  });
});

describe('the SMS gateway', () => {
  it('takes what its own settings describe, whatever is in the text', async () => {
    const text = 'Your code is 048213.\nLine "two" \\ é {{to}}';
    const answer = await sendText({ to: '+12025550121', from: '+12025550100', text, report: 'token' });
    expect(answer.status).toBe(202);
    expect(demo.inbox.messages).toEqual([
      { id: '1', method: 'sms', to: '+12025550121', text, code: '048213', report: 'token', at: 1_700_000_000_000 },
    ]);
  });

  it.each([
    ['a field missing', 'application/json', '{"to":"+12025550121","text":"1234"}'],
    ['a field that is not text', 'application/json', '{"to":1,"from":"a","text":"1234","report":"r"}'],
    ['a list', 'application/json', '["to"]'],
    ['JSON cut short', 'application/json', '{"to":"secret 123456'],
    ['a form', 'application/x-www-form-urlencoded', 'to=1&from=2&text=3&report=4'],
    ['nothing', 'application/json', ''],
  ])('refuses %s with 400, without repeating what was sent', async (_what, type, body) => {
    const answer = await fetch(demo.sms.url, { method: 'POST', headers: { 'Content-Type': type }, body });
    expect(answer.status).toBe(400);
    expect(await answer.text()).not.toMatch(/1234|secret/);
    expect(demo.inbox.messages).toEqual([]);
  });
});

describe('the demo company', () => {
  it('lives on 127.0.0.1 only, and lists its HTTP services for SERVICE_HOSTS', () => {
    expect(demo.hosts).toEqual(
      [demo.contactMethodsUrl, demo.balanceUrl, demo.codes.sendCodeUrl, demo.sms.url].map((url) => new URL(url).host),
    );
    for (const host of demo.hosts) expect(host).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(demo.smtp.host).toBe('127.0.0.1');
  });

  it('lets go of every port when it closes, also with connections open', async () => {
    const open = [demo.smtp.port, ...demo.hosts.map((host) => Number(host.split(':')[1]))].map((port) =>
      connect(port, '127.0.0.1'),
    );
    await Promise.all(open.map((socket) => once(socket, 'connect')));
    await demo.close();
    for (const socket of open) {
      const again = connect(socket.remotePort ?? 0, '127.0.0.1');
      await expect(once(again, 'connect')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      socket.destroy();
    }
    demo = await startDemo({ now: () => 0 });
  });
});
