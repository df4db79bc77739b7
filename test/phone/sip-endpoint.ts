import { createSocket, type Socket } from 'node:dgram';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  answerTo,
  readSdp,
  readSip,
  writeSdp,
  writeSip,
  type Media,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './sip-message.ts';

/** How long the other end may take to answer a BYE. */
const ANSWER_MS = 5_000;
/** Its user as baresip is set up for it. */
const PHONE = 'phone';

/** One call to or from a phone: what a dialog (RFC 3261, section 12) needs to end it. */
interface Dialog {
  readonly id: string;
  readonly port: number;
  /** The other end's address for requests. */
  readonly uri: string;
  readonly from: string;
  readonly to: string;
}

export interface SipCall {
  /** Where the other end hears. */
  readonly media: Media;
  /** Fires when either end has hung up. */
  readonly ended: AbortSignal;
  readonly hangUp: () => Promise<void>;
}

/**
 * A SIP end of 127.0.0.1, in the part of an exchange: takes a call, and makes some. On loopback no datagram is lost, so
 * it repeats nothing, and does not listen to what the phones repeat.
 */
export class SipEndpoint {
  /** Says where it hears the next caller; null: busy. */
  onCall: ((call: SipCall) => Media) | null = null;
  private readonly socket: Socket;
  /** The calls that go on, by Call-ID. */
  private readonly calls = new Map<string, AbortController>();
  /** By branch: who waits for the responses to a request of ours. */
  private readonly waiting = new Map<string, (response: SipResponse) => void>();
  private sequence = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('message', (bytes, { port }) => {
      const message = readSip(bytes.toString());
      if (message === null) return;
      if ('status' in message) this.waiting.get(branchOf(message))?.(message);
      else this.receive(message, port);
    });
  }

  static async open(): Promise<SipEndpoint> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new SipEndpoint(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** Rings a phone. Resolves with the call, or with the status of a phone that does not take it. @throws when `signal` fires */
  async invite(port: number, media: Media, signal: AbortSignal): Promise<SipCall | number> {
    const dialog = {
      id: randomBytes(8).toString('hex'),
      port,
      uri: `sip:${PHONE}@127.0.0.1:${port}`,
      from: `${this.contact};tag=${randomBytes(4).toString('hex')}`,
      to: `<sip:${PHONE}@127.0.0.1:${port}>`,
    };
    const response = await this.request(this.message('INVITE', dialog, media), port, signal);
    const taken = { ...dialog, to: response.headers.get('to') ?? dialog.to, uri: contactOf(response) };
    this.send(this.message('ACK', taken), port);
    return response.status === 200 ? this.opened(taken, readSdp(response.body)) : response.status;
  }

  close(): void {
    this.socket.close();
  }

  private receive(request: SipRequest, port: number): void {
    const id = request.headers.get('call-id') ?? '';
    const reply = (status: number): void => this.send(answerTo(request, status, id), port);
    const call = this.calls.get(id);
    if (request.method === 'INVITE' && call === undefined) this.accept(request, port);
    else if (request.method === 'BYE') {
      reply(call === undefined ? 481 : 200);
      call?.abort();
    } else if (request.method !== 'INVITE' && request.method !== 'ACK') reply(405);
  }

  private accept(request: SipRequest, port: number): void {
    const { onCall } = this;
    this.onCall = null;
    const id = request.headers.get('call-id') ?? '';
    const answer = answerTo(request, onCall === null ? 486 : 200, id);
    if (onCall === null) return this.send(answer, port);
    const from = answer.headers.get('to') ?? '';
    const dialog = { id, port, uri: contactOf(request), from, to: request.headers.get('from') ?? '' };
    const body = writeSdp(onCall(this.opened(dialog, readSdp(request.body))));
    this.send({ ...answer, headers: new Map([...answer.headers, ...this.sdpHeaders]), body }, port);
  }

  private opened(dialog: Dialog, media: Media): SipCall {
    const call = new AbortController();
    this.calls.set(dialog.id, call);
    return {
      media,
      ended: call.signal,
      hangUp: async () => {
        if (call.signal.aborted) return;
        call.abort();
        await this.request(this.message('BYE', dialog), dialog.port, AbortSignal.timeout(ANSWER_MS));
      },
    };
  }

  /** The final response. @throws what `signal` was aborted with */
  private async request(request: SipRequest, port: number, signal: AbortSignal): Promise<SipResponse> {
    const branch = branchOf(request);
    try {
      return await new Promise((resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        this.waiting.set(branch, (response) => {
          if (response.status >= 200) resolve(response);
        });
        this.send(request, port);
      });
    } finally {
      this.waiting.delete(branch);
    }
  }

  private message(method: string, { id, uri, from, to }: Dialog, media?: Media): SipRequest {
    // An ACK has the number of its INVITE.
    if (method !== 'ACK') this.sequence += 1;
    const headers = new Map([
      ['via', `SIP/2.0/UDP 127.0.0.1:${this.port};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`],
      ['max-forwards', '70'],
      ['from', from],
      ['to', to],
      ['call-id', id],
      ['cseq', `${this.sequence} ${method}`],
      ...(media === undefined ? [] : this.sdpHeaders),
    ]);
    return { method, uri, headers, body: media === undefined ? '' : writeSdp(media) };
  }

  private get contact(): string {
    return `<sip:line@127.0.0.1:${this.port}>`;
  }

  private get sdpHeaders(): [string, string][] {
    return [
      ['contact', this.contact],
      ['content-type', 'application/sdp'],
    ];
  }

  private send(message: SipMessage, port: number): void {
    this.socket.send(writeSip(message), port, '127.0.0.1');
  }
}

function branchOf(message: SipMessage): string {
  return /;\s*branch=([^;,\s]+)/.exec(message.headers.get('via') ?? '')?.[1] ?? '';
}

function contactOf(message: SipMessage): string {
  return /<(sip:[^>]+)>/.exec(message.headers.get('contact') ?? '')?.[1] ?? '';
}
