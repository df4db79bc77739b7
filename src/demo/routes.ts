import express, { type RequestHandler } from 'express';
import type { CallSummary } from '../core/contracts/store.ts';
import type { DemoAccount } from './accounts.ts';
import { applicationEntry, type DemoApplication } from './application.ts';
import type { Inbox, InboxMessage } from './inbox.ts';
import { platformRoutes, type PlatformOptions } from './platform.ts';
import { demoPage, DEMO_PAGE_POLICY, type HowToCall } from './page.ts';

/** What the demo's pages are made of. */
export interface DemoParts {
  readonly inbox: Inbox;
  readonly accounts: readonly DemoAccount[];
  /** Null when the CallSid is unknown. */
  readonly readCall: (call: string) => Promise<CallSummary | null>;
  /** As destinations are masked in challenges. */
  readonly masked: (destination: string) => string;
  /** The keyed hash under which challenges keep a report token: `Keyring.mac('report', [token])`. */
  readonly reportHash: (token: string) => string;
  readonly howToCall: HowToCall;
  /** Turns everyone away who is not on this machine. */
  readonly localOnly: RequestHandler;
  /** The company's web application; absent where nobody may ask the node. */
  readonly platform?: PlatformOptions;
  /** The authenticator of the customer who has one. */
  readonly application?: DemoApplication;
}

/** `GET /demo`, `/demo/sign-in`, `/demo/api/inbox`, `/demo/api/authenticator` and `/demo/api/calls/<CallSid>`, for this machine only; 404 for everyone else. */
export function demoRoutes(parts: DemoParts): express.Router {
  const page = demoPage(parts);
  const demo = express.Router();
  demo.use(parts.localOnly, (_request, response, next) => {
    response.set({
      'Content-Security-Policy': DEMO_PAGE_POLICY,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Content-Type-Options': 'nosniff',
    });
    next();
  });
  if (parts.platform !== undefined) demo.use(platformRoutes(parts.platform));
  demo.get('/', (_request, response) => {
    response.type('html').send(page);
  });
  demo.get('/api/inbox', (_request, response) => {
    response.json({ messages: parts.inbox.messages.toReversed().map(shown) });
  });
  demo.get('/api/authenticator', async (_request, response) => {
    const present = await parts.application?.present();
    if (present) response.json({ account: parts.application?.account, ...present });
    else response.status(404).json({ error: 'not-enrolled' });
  });
  const messagesOf = messageFinder(parts);
  demo.get('/api/calls/:call', (request, response) => {
    const answer = async (call: CallSummary | null) => {
      if (call) response.json({ ...counters(call), messages: [...messagesOf(call), ...(await shownFor(call, parts))] });
      else response.status(404).json({ error: 'call-unknown' });
    };
    // Returned, so that Express passes a failure on.
    return parts.readCall(request.params.call).then(answer);
  });
  return express.Router().use('/demo', demo);
}

/** Without the report token: whoever holds it can report on the delivery. */
function shown({ id, method, to, subject, text, code, at }: InboxMessage) {
  return { id, method, to, subject, text, code, at };
}

function counters({ call, phase, callflow, block, exit, entries, turns, sends, attempts, grants }: CallSummary) {
  return { call, phase, callflow, block, exit, entries, turns, sends, attempts, grants };
}

/** What the application shows, while a call asks for it. */
async function shownFor({ challenges }: CallSummary, { application }: DemoParts) {
  if (challenges.at(-1)?.method !== 'authenticator') return [];
  const present = await application?.present();
  return application && present ? [applicationEntry(application, present)] : [];
}

function messageFinder({ inbox, masked, reportHash }: DemoParts) {
  // Many calls at once look through the same messages: each is hashed once.
  const hashes = new WeakMap<InboxMessage, string>();
  const hashOf = (message: InboxMessage) => {
    const hash = hashes.get(message) ?? reportHash(message.report);
    hashes.set(message, hash);
    return hash;
  };
  // Messages of the demo company's own code system carry no token of ours.
  const unnamed = ({ report, to, at }: InboxMessage, { challenges }: CallSummary) =>
    report === '' ? challenges.find((each) => each.masked === masked(to) && at >= each.issuedAt) : undefined;
  /** The messages of this call's challenges, oldest first, with the destination masked as in the challenge. */
  return (call: CallSummary) => {
    const challenges = new Map(call.challenges.map((challenge) => [challenge.report, challenge]));
    return inbox.messages.flatMap((message) => {
      const challenge = challenges.get(hashOf(message)) ?? unnamed(message, call);
      if (!challenge) return [];
      const { method, text, code, at } = message;
      return [{ method, to: challenge.masked, text, code, at }];
    });
  };
}
