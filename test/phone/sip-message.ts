/** The little of SIP (RFC 3261) and SDP (RFC 4566) that one audio call between two ends on loopback needs. */

interface SipContent {
  /** By lower-case name; a header on several lines is one value, with commas. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}
export type SipRequest = SipContent & { readonly method: string; readonly uri: string };
export type SipResponse = SipContent & { readonly status: number };
export type SipMessage = SipRequest | SipResponse;

/** Null for what is no SIP, such as the empty lines that keep a way open. */
export function readSip(text: string): SipMessage | null {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...lines] = text.slice(0, Math.max(0, end)).split('\r\n');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const [, written = '', value = ''] = /^([^:\s]+)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    const name = written.toLowerCase();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  const content = { headers, body: text.slice(end + 4) };
  const status = /^SIP\/2\.0 (\d{3})/.exec(start)?.[1];
  if (status !== undefined) return { status: Number(status), ...content };
  const [, method, uri = ''] = /^([A-Z]+) (\S+) SIP\/2\.0$/.exec(start) ?? [];
  return method === undefined ? null : { method, uri, ...content };
}

/** The length of the body is counted here. */
export function writeSip(message: SipMessage): string {
  const start = 'method' in message ? `${message.method} ${message.uri} SIP/2.0` : `SIP/2.0 ${message.status} Answer`;
  const headers = new Map(message.headers).set('content-length', String(Buffer.byteLength(message.body)));
  return [start, ...[...headers].map((header) => header.join(': ')), '', message.body].join('\r\n');
}

/** An answer to a request, with what ties it to it (section 8.2.6.2). `tag` names our end of the call. */
export function answerTo(request: SipRequest, status: number, tag: string): SipResponse {
  const headers = new Map(
    ['via', 'from', 'to', 'call-id', 'cseq'].map((name) => [name, request.headers.get(name) ?? '']),
  );
  const to = headers.get('to') ?? '';
  if (!to.includes(';tag=')) headers.set('to', `${to};tag=${tag}`);
  return { status, headers, body: '' };
}

/** Where one end hears: a port of 127.0.0.1, and which payload type its telephone-events have (RFC 4733). */
export interface Media {
  readonly port: number;
  readonly events: number;
}

/** Offers or accepts PCMU and telephone-events. */
export function writeSdp({ port, events }: Media): string {
  return `v=0
o=- ${port} 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio ${port} RTP/AVP 0 ${events}
a=rtpmap:0 PCMU/8000
a=rtpmap:${events} telephone-event/8000
a=fmtp:${events} 0-15
a=ptime:20
a=sendrecv
`.replaceAll('\n', '\r\n');
}

/** @throws Error where the other end is not on this machine, or has no PCMU or no telephone-events */
export function readSdp(text: string): Media {
  const address = /^c=IN IP4 (\S+)/m.exec(text)?.[1];
  if (address !== '127.0.0.1') throw new Error(`the other end wants its audio at ${address}, not on loopback`);
  const [, port, types = ''] = /^m=audio (\d+) RTP\/AVP ([\d ]+)/m.exec(text) ?? [];
  const events = /^a=rtpmap:(\d+) telephone-event\/8000/m.exec(text)?.[1];
  if (port === undefined || events === undefined || !types.split(' ').includes('0'))
    throw new Error(`the other end does not speak PCMU with telephone-events: ${text}`);
  return { port: Number(port), events: Number(events) };
}
