import { randomBytes } from 'node:crypto';
import type { Inbox } from '../../src/demo/inbox.ts';
import { httpStub } from './stub-server.ts';

/** Twilio's REST interface on loopback: it takes every message, and puts it into the inbox of a world; and every call. */
export interface TwilioStub {
  /** That make a world send text messages here. */
  readonly settings: Readonly<Record<string, string>>;
  /** The address of the delivery report of each message, oldest first. */
  readonly reportUrls: readonly string[];
  /** What was asked for with each call, oldest first. */
  readonly calls: readonly Readonly<Record<string, string>>[];
  /** Refuses the calls that are asked for from then on. */
  refusesCalls(refuses: boolean): void;
  /** So many requests came, of whatever kind. */
  readonly requests: number;
  fills(inbox: Inbox): void;
  close(): Promise<void>;
}

export async function twilioStub(): Promise<TwilioStub> {
  const reportUrls: string[] = [];
  const calls: Readonly<Record<string, string>>[] = [];
  let refuses = false;
  let inboxOfWorld: Inbox | null = null;
  let requests = 0;
  const stub = await httpStub((response, body, { method, url }) => {
    requests += 1;
    if (method === 'POST' && /^\/2010-04-01\/Accounts\/AC\w{32}\/Calls\.json$/.test(url ?? '')) {
      calls.push(Object.fromEntries(new URLSearchParams(body)));
      const sid = `CA${randomBytes(16).toString('hex')}`;
      if (refuses) response.writeHead(400).end('{"code":21215}');
      else response.writeHead(201).end(JSON.stringify({ sid, status: 'queued' }));
      return;
    }
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
    calls,
    refusesCalls: (refused) => void (refuses = refused),
    get requests() {
      return requests;
    },
    fills: (inbox) => void (inboxOfWorld = inbox),
    close: () => stub.close(),
  };
}
