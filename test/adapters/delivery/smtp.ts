import type { Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import type { Arrived } from '../../contracts/delivery.ts';
import { listen } from '../loopback.ts';

export interface Mail extends Arrived {
  readonly from: string;
  /** All recipients of the envelope. */
  readonly recipients: readonly string[];
  readonly secure: boolean;
  readonly user: string | undefined;
}

/** An SMTP server of this test that keeps what it takes. */
export async function startSmtp({ cuts, ...options }: SMTPServerOptions & { readonly cuts?: boolean } = {}): Promise<{
  readonly port: number;
  readonly mails: readonly Mail[];
}> {
  const mails: Mail[] = [];
  const sockets = new Set<Socket>();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
      let content = '';
      stream.setEncoding('utf8').on('data', (part: string) => (content += part));
      stream.on('end', () => {
        mails.push({ to: recipients.join(), from, recipients, content, secure: session.secure, user: session.user });
        if (cuts === true) for (const socket of sockets) socket.destroy();
        else callback();
      });
    },
    ...options,
  });
  smtp.on('error', () => {});
  smtp.server.on('connection', (socket: Socket) => void sockets.add(socket));
  return { port: await listen(smtp.server), mails };
}

/** Takes the message, and the connection ends before anything is said of it. */
export const cutting = { cuts: true } as const;

/** Refuses every recipient with this SMTP status and a reply that repeats the address. */
export function refusing(responseCode: number): SMTPServerOptions {
  return {
    onRcptTo: ({ address }, _session, callback) =>
      callback(Object.assign(new Error(`<${address}> not now`), { responseCode })),
  };
}
