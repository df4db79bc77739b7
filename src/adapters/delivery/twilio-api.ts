import type { Delivered } from '../../core/contracts/delivery.ts';
import { DialproofError } from '../../core/errors.ts';
import type { Dependencies } from '../outbound/dependency.ts';
import { createOutbound, type Exchange } from '../outbound/outbound.ts';
import { readHttpUrl } from '../outbound/outbound-guard.ts';

/** The operator's own account at Twilio, or at a platform with the same REST interface. */
export interface TwilioApiSettings {
  /** Base URL, http or https; it may have a path. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  /** Deadline of a whole request, milliseconds. */
  readonly timeout: number;
  /** Of the server; its own unless given. */
  readonly dependencies?: Dependencies | undefined;
}

export interface TwilioApi {
  /** Makes one resource of the account, for example `Messages`, once. Never rejects: every failure is an outcome. */
  post(resource: string, form: Readonly<Record<string, string>>): Promise<Delivered>;
}

/**
 * Twilio's REST interface (2010-04-01). Not by the REST client of the `twilio` package: loading it blocks the event loop
 * for about 150 ms, in which every call waits, and it has no deadline for a whole request: an answer that drips would never
 * end. The host is the operator's own and outside SERVICE_HOSTS. Throws `settings-invalid` for a URL that is none.
 */
export function createTwilioApi({ url, accountSid, authToken, timeout, dependencies }: TwilioApiSettings): TwilioApi {
  const base = readHttpUrl(url);
  if (base === null) {
    throw new DialproofError(
      'settings-invalid',
      'TWILIO_API_URL is not an http or https address, or has a user name.',
      {
        fix: 'Write the base of the REST interface, for example https://api.twilio.com.',
      },
    );
  }
  const account = `${base.origin}${base.pathname.replace(/\/+$/, '')}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}`;
  const outbound = createOutbound([base.host], { kind: 'Twilio', dependencies });
  const headers = {
    authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
    accept: 'application/json',
  };
  return {
    async post(resource, form) {
      const body = new URLSearchParams(form).toString();
      const request = { method: 'POST', url: new URL(`${account}/${resource}.json`), headers, body, timeout } as const;
      return readOutcome(await outbound.exchange(request));
    },
  };
}

/** Twilio has taken what it gives a `sid`. */
function readOutcome(exchange: Exchange): Delivered {
  const { connected, status, failure } = exchange;
  if (status === null) return { outcome: 'unreachable', accepted: connected, reason: failure ?? 'no answer' };
  const reason = `HTTP ${status}`;
  if (status === 429 || status >= 500) return { outcome: 'unreachable', accepted: true, reason };
  if (status >= 400) return { outcome: 'rejected', accepted: true, reason: `${reason}${errorCode(exchange)}` };
  if (status >= 300) return { outcome: 'error', accepted: true, reason };
  if (hasSid(exchange)) return { outcome: 'sent' };
  if (failure !== null) return { outcome: 'unreachable', accepted: true, reason: failure };
  return { outcome: 'error', accepted: true, reason: `${reason} without a sid` };
}

/** Its number alone (https://www.twilio.com/docs/api/errors): the message beside it holds the recipient's number. */
function errorCode(exchange: Exchange): string {
  const { code } = bodyOf(exchange);
  return Number.isSafeInteger(code) ? `, Twilio error ${String(code)}` : '';
}

function hasSid(exchange: Exchange): boolean {
  const { sid } = bodyOf(exchange);
  return typeof sid === 'string' && sid !== '';
}

function bodyOf({ body }: Exchange): { readonly sid?: unknown; readonly code?: unknown } {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
