import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createTransport, type NodemailerError } from 'nodemailer';
import type { Delivered, Delivery, Message } from '../../core/contracts/delivery.ts';
import { Dependencies, type Outcome } from '../outbound/dependency.ts';
import { canonicalMailbox } from '../../core/verification/mailbox.ts';

/** Milliseconds. */
const TIMEOUT = 10_000;

/** G14, G15 and what a server of today asks for besides. */
export interface EmailSettings {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly password?: string;
  /** `starttls`: required, never silently left out. `tls`: from the first byte. `none`: no encryption at all. */
  readonly tls: 'starttls' | 'tls' | 'none';
  /** Deadline of the whole delivery, milliseconds; 10,000 by default. */
  readonly timeout?: number;
  /** Of the server; its own unless given. */
  readonly dependencies?: Dependencies | undefined;
}

/** Email through the customer's SMTP server, one connection per message. */
export function createEmailDelivery(settings: EmailSettings): Delivery {
  const { host, port, timeout = TIMEOUT, dependencies = new Dependencies() } = settings;
  const server = dependencies.at(`${host}:${port}`, 'email');
  return {
    method: 'email',
    canonical: canonicalMailbox,
    async deliver(message) {
      const to = canonicalMailbox(message.to);
      const from = canonicalMailbox(message.from);
      if (to === null) return { outcome: 'error', accepted: false, reason: 'the recipient is not exactly one mailbox' };
      if (from === null) return { outcome: 'error', accepted: false, reason: 'the sender is not exactly one mailbox' };
      return server.use<Delivered>({
        timeout,
        exchange: (left) => deliver({ ...settings, timeout: left }, { ...message, to, from }),
        refused: (reason) => ({ outcome: 'unreachable', accepted: false, reason }),
      });
    },
  };
}

type Timed = EmailSettings & { readonly timeout: number };

async function deliver(settings: Timed, message: Message): Promise<Outcome<Delivered>> {
  const deadline = AbortSignal.timeout(settings.timeout);
  const failed = (accepted: boolean, reason: string): Outcome<Delivered> => ({
    result: { outcome: 'unreachable', accepted, reason },
    fault: reason,
  });
  let connection: Socket;
  try {
    connection = await open(settings, deadline);
  } catch (error) {
    return failed(false, deadline.aborted ? 'timeout' : codeOf(error));
  }
  try {
    await send({ settings, connection, deadline }, message);
    return { result: { outcome: 'sent' }, fault: null };
  } catch (error) {
    return deadline.aborted ? failed(true, 'timeout') : afterConnection(error);
  }
}

/** Connects here and not in the mail library, to know for certain whether a connection was accepted. */
async function open(settings: EmailSettings, signal: AbortSignal): Promise<Socket> {
  const socket = connect({ host: settings.host, port: settings.port });
  // The mail library begins to listen only later, and an error that nobody hears ends the process.
  socket.on('error', () => {});
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

interface Line {
  readonly settings: Timed;
  readonly connection: Socket;
  readonly deadline: AbortSignal;
}

async function send(
  { settings, connection, deadline }: Line,
  { to, from, subject, text, html, report }: Message,
): Promise<void> {
  const { host, port, tls, user, password, timeout } = settings;
  const transport = createTransport({
    connection,
    host,
    port,
    secure: tls === 'tls',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  await transport.sendMail({
    envelope: { from, to: [to] },
    from,
    to,
    subject: subject ?? '',
    text,
    ...(html === undefined ? {} : { html }),
    messageId: `<${report}@${from.slice(from.lastIndexOf('@') + 1)}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
    signal: deadline,
  });
}

/** The connection ended, or nobody spoke in time: the server was there and may be there again. */
const LOST = ['ETIMEDOUT', 'ECONNECTION', 'ECONNRESET', 'EPIPE', 'EHOSTUNREACH', 'ENETUNREACH'];
/** Refusals of us and not of the message: a matter of settings. */
const SETTINGS = ['ETLS', 'EAUTH', 'ENOAUTH'];

/** Commands whose replies judge one message: to say `later` is then nothing that the server failed by. */
const OF_ONE_MESSAGE = ['RCPT TO', 'DATA'];
/** `Service not available`, in reply to whatever (RFC 5321 3.8). */
const GOES_AWAY = 421;

function afterConnection(error: unknown): Outcome<Delivered> {
  const { code = '', responseCode = 0, command = '' }: Partial<NodemailerError> = error instanceof Error ? error : {};
  const cause = codeOf(error);
  const outcome = (): 'unreachable' | 'rejected' | 'error' => {
    if (responseCode >= 400 && responseCode < 500) return 'unreachable';
    if (responseCode >= 500 && !SETTINGS.includes(code)) return 'rejected';
    return LOST.includes(cause) ? 'unreachable' : 'error';
  };
  const result = {
    outcome: outcome(),
    accepted: true,
    reason: responseCode === 0 ? cause : `SMTP ${responseCode} (${command})`,
  };
  const isAnswer = responseCode !== GOES_AWAY && OF_ONE_MESSAGE.includes(command) && responseCode !== 0;
  return { result, fault: result.outcome === 'unreachable' && !isAnswer ? result.reason : null };
}

/** Codes only: messages of the mail library hold addresses and what the server wrote. */
function codeOf(error: unknown): string {
  const { code, originalCode }: Partial<NodemailerError> = error instanceof Error ? error : {};
  return originalCode ?? code ?? 'unknown failure';
}
