import { randomBytes } from 'node:crypto';
import type { Inbox } from '../../src/demo/inbox.ts';
import { httpStub } from './stub-server.ts';

/** Twilio's REST interface on loopback: it takes every message, and puts it into the inbox of a world. */
export interface TwilioStub {
  /** That make a world send text messages here. */
  readonly settings: Readonly<Record<string, string>>;
  /** The address of the delivery report of each message, oldest first. */
  readonly reportUrls: readonly string[];
  /** So many requests came, of whatever kind. */
  readonly requests: number;
  fills(inbox: Inbox): void;
  close(): Promise<void>;
}

export async function twilioStub(): Promise<TwilioStub> {
  const reportUrls: string[] = [];
  let inboxOfWorld: Inbox | null = null;
  let requests = 0;
  const stub = await httpStub((response, body, { method, url }) => {
    requests += 1;
    const { To: to, Body: text, StatusCallback: reportUrl } = Object.fromEntries(new URLSearchParams(body));
    const isMessage = method === 'POST' && /^\/2010-04-01\/Accounts\/AC\w{32}\/Messages\.json$/.test(url ?? '');
    if (!isMessage || to === undefined || text === undefined || reportUrl === undefined) {
      response.writeHead(400).end('{"code":20001}');
      return;
    }
    reportUrls.push(reportUrl);
    inboxOfWorld?.add({ method: 'sms', to, text, report: reportUrl.split('/').at(-1) ?? '' });
    response.writeHead(201).end(JSON.stringify({ sid: `SM${randomBytes(16).toString('hex')}`, status: 'queued' }));
  });
  return {
    settings: {
      SMS_PROVIDER: 'twilio',
      TWILIO_API_URL: stub.url,
      TWILIO_ACCOUNT_SID: `AC${randomBytes(16).toString('hex')}`,
    },
    reportUrls,
    get requests() {
      return requests;
    },
    fills: (inbox) => void (inboxOfWorld = inbox),
    close: () => stub.close(),
  };
}
