import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createEmailDelivery } from '../../../src/adapters/delivery/email.ts';
import type { Delivered, Message } from '../../../src/core/contracts/delivery.ts';
import { listenTcp } from '../loopback.ts';
import { refusing, startSmtp } from './smtp.ts';

const message: Message = {
  to: 'ann@customer.example',
  from: 'security@bank.example',
  subject: 'Your security code',
  text: 'Your code is 493817.\nIt is good for 5 minutes.',
  report: 'dGhlIHJlcG9ydCB0b2tlbg',
};

function resetting(socket: Socket): void {
  socket.write('220 hello\r\n');
  socket.once('data', () => socket.resetAndDestroy());
}

function deliver(
  port: number,
  settings: Partial<Parameters<typeof createEmailDelivery>[0]> = {},
  changes: Partial<Message> = {},
): Promise<Delivered> {
  return createEmailDelivery({ host: '127.0.0.1', port, tls: 'none', timeout: 2_000, ...settings }).deliver({
    ...message,
    ...changes,
  });
}

describe('email', () => {
  it('G14, G15, G66, G67: reaches the configured server with sender, subject and text', async () => {
    const { port, mails } = await startSmtp();
    expect(await deliver(port, { host: 'localhost' })).toEqual({ outcome: 'sent' });
    const [mail] = mails;
    expect(mail).toMatchObject({
      from: 'security@bank.example',
      recipients: ['ann@customer.example'],
      secure: false,
      user: undefined,
    });
    const [head = '', body] = mail?.content.split('\r\n\r\n') ?? [];
    expect(head.split('\r\n')).toEqual(
      expect.arrayContaining([
        'From: security@bank.example',
        'To: ann@customer.example',
        'Subject: Your security code',
        'Message-ID: <dGhlIHJlcG9ydCB0b2tlbg@bank.example>',
        'Auto-Submitted: auto-generated',
        'Content-Type: text/plain; charset=utf-8',
      ]),
    );
    expect(body?.trimEnd()).toBe('Your code is 493817.\r\nIt is good for 5 minutes.');
  });

  it.each([
    ['subject', { subject: 'Hello\r\nBcc: eve@evil.example\r\n\r\nbody' }],
    ['report token', { report: 'x>\r\nBcc: eve@evil.example\r\nX: <y' }],
    ['text', { text: 'one\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n' }],
  ])('a line break in the %s adds neither a header nor a recipient', async (_where, changes) => {
    const { port, mails } = await startSmtp();
    await deliver(port, {}, changes);
    expect(mails.map(({ recipients }) => recipients)).toEqual([['ann@customer.example']]);
    expect(mails[0]?.content.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/im);
  });

  it('reads no file and calls no address that a text names', async () => {
    const { port, mails } = await startSmtp();
    await deliver(port, {}, { text: 'file:///etc/hostname http://127.0.0.1/' });
    expect(mails[0]?.content).toContain('file:///etc/hostname http://127.0.0.1/');
  });

  it('does not send from anything but one mailbox', async () => {
    const { port, mails } = await startSmtp();
    const expected = { outcome: 'error', accepted: false, reason: 'the sender is not exactly one mailbox' };
    expect(await deliver(port, {}, { from: 'a@bank.example, b@bank.example' })).toEqual(expected);
    expect(mails).toEqual([]);
  });

  it.each(['starttls', 'tls'] as const)('with %s never falls back to an open line', async (tls) => {
    const { port, mails } = await startSmtp();
    expect(await deliver(port, { tls, user: 'bank', password: 'hush' })).toMatchObject({
      outcome: 'error',
      accepted: true,
    });
    expect(mails).toEqual([]);
  });

  it('with starttls does not trust a certificate that nobody vouches for', async () => {
    const { port, mails } = await startSmtp({ disabledCommands: [] });
    expect(await deliver(port, { tls: 'starttls' })).toMatchObject({ outcome: 'error', accepted: true });
    expect(mails).toEqual([]);
  });

  it('with none does not encrypt, also where the server offers it', async () => {
    const { port, mails } = await startSmtp({ disabledCommands: [] });
    expect(await deliver(port, { tls: 'none' })).toEqual({ outcome: 'sent' });
    expect(mails).toMatchObject([{ secure: false }]);
  });

  it('signs in with user and password, and a wrong password is an error without the password in it', async () => {
    const { port, mails } = await startSmtp({
      disabledCommands: ['STARTTLS'],
      onAuth({ username, password }, _session, callback) {
        if (password === 'hush') callback(null, { user: username ?? '' });
        else callback(Object.assign(new Error(`wrong password ${password}`), { responseCode: 535 }));
      },
    });
    expect(await deliver(port, { user: 'bank', password: 'hush' })).toEqual({ outcome: 'sent' });
    expect(mails).toMatchObject([{ user: 'bank' }]);
    const failed = await deliver(port, { user: 'bank', password: 'tell' });
    expect(failed).toEqual({ outcome: 'error', accepted: true, reason: 'SMTP 535 (AUTH PLAIN)' });
  });

  it.each([
    ['goes away before the greeting', (socket) => socket.end(), 'unreachable'],
    ['resets the connection after EHLO', resetting, 'unreachable'],
    ['greets with "not now"', (socket) => socket.resume().write('421 busy\r\n'), 'unreachable'],
    ['greets with "no"', (socket) => socket.resume().write('554 go away\r\n'), 'rejected'],
    ['does not speak SMTP', (socket) => socket.resume().write('SSH-2.0-OpenSSH_9.2\r\n'), 'error'],
  ] satisfies [string, (socket: Socket) => void, string][])('a server that %s', async (_what, behave, outcome) => {
    const port = await listenTcp(behave);
    expect(await deliver(port, { timeout: 300 })).toMatchObject({ outcome, accepted: true });
  });

  it('a server that never answers the message itself is unreachable', async () => {
    const { port } = await startSmtp({ onData: (stream) => void stream.resume() });
    expect(await deliver(port, { timeout: 150 })).toMatchObject({ outcome: 'unreachable', accepted: true });
  });

  it('every message has a connection of its own, so that a dead one costs none', async () => {
    let connections = 0;
    const { port, mails } = await startSmtp({
      onConnect(_session, callback) {
        connections += 1;
        callback();
      },
    });
    const delivery = createEmailDelivery({ host: '127.0.0.1', port, tls: 'none', timeout: 2_000 });
    expect([await delivery.deliver(message), await delivery.deliver(message)]).toEqual([
      { outcome: 'sent' },
      { outcome: 'sent' },
    ]);
    expect({ connections, mails: mails.length }).toEqual({ connections: 2, mails: 2 });
  });
});

describe('a mail server that fails again and again', () => {
  const senderTo = (port: number) => createEmailDelivery({ host: '127.0.0.1', port, tls: 'none', timeout: 2_000 });

  it.each<[how: string, server: () => Promise<number>]>([
    ['hangs up', () => listenTcp((socket) => void socket.end())],
    ['says that it goes away', () => listenTcp((socket) => void socket.end('421 later\r\n'))],
    ['takes nothing for now', () => listenTcp((socket) => void socket.end('450 later\r\n'))],
  ])('because it %s is left alone: the sixth message is not sent', async (_how, server) => {
    const sender = senderTo(await server());
    for (let n = 0; n < 5; n++)
      expect(await sender.deliver(message)).toMatchObject({ outcome: 'unreachable', accepted: true });
    expect(await sender.deliver(message)).toEqual({ outcome: 'unreachable', accepted: false, reason: 'circuit open' });
  });

  it.each([450, 550])('but it may refuse recipients: %i to each of them is an answer', async (responseCode) => {
    const { port } = await startSmtp(refusing(responseCode));
    const sender = senderTo(port);
    for (let n = 0; n < 7; n++)
      expect(await sender.deliver(message)).toMatchObject({ reason: `SMTP ${responseCode} (RCPT TO)` });
  });
});
