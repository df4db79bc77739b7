import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { callbackify } from 'node:util';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Inbox } from './inbox.ts';
import { LOOPBACK, portOf } from './loopback-service.ts';

/** A mail server that takes every message and forwards none. */
export interface MailSink {
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1, without TLS and without a login. `refuses`: recipients, with the reply's code. */
export async function startMailSink(
  inbox: Pick<Inbox, 'add'>,
  refuses: (to: string) => number | null = () => null,
): Promise<MailSink> {
  const server = new SMTPServer({
    name: 'demo.example.test',
    disabledCommands: ['STARTTLS', 'AUTH'],
    // Otherwise each connection asks the machine's DNS who 127.0.0.1 is.
    disableReverseLookup: true,
    size: 256 * 1024,
    rejectOversized: true,
    closeTimeout: 500,
    onRcptTo: ({ address }, _session, callback) => callback(refusal(refuses(address))),
    onData: (stream, session, callback) => callbackify(keep)({ stream, session, inbox }, callback),
  });
  // Clients that hang up in the middle are reported here; unheard, that would end the process.
  server.on('error', () => undefined);
  const listener = server.listen(0, LOOPBACK);
  await once(listener, 'listening');
  return {
    host: LOOPBACK,
    port: portOf(listener),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

function refusal(responseCode: number | null): Error | undefined {
  return responseCode === null ? undefined : Object.assign(new Error('refused'), { responseCode });
}

async function keep(mail: {
  readonly stream: SMTPServerDataStream;
  readonly session: SMTPServerSession;
  readonly inbox: Pick<Inbox, 'add'>;
}) {
  const raw = await buffer(mail.stream);
  if (mail.stream.sizeExceeded) return;
  const { subject = '', text = '', html, messageId = '' } = await PostalMime.parse(raw);
  const report = /^<([^@>]+)@/.exec(messageId)?.[1] ?? '';
  // The envelope, not the headers: it alone says who receives the message.
  for (const { address } of mail.session.envelope.rcptTo) {
    const body = { text: text.trim(), ...(html === undefined ? {} : { html }) };
    mail.inbox.add({ method: 'email', to: address, subject, ...body, report });
  }
}
