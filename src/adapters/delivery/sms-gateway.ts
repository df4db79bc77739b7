import type { Delivery, Message } from '../../core/contracts/delivery.ts';
import { DialproofError } from '../../core/errors.ts';
import type { Dependencies } from '../outbound/dependency.ts';
import { createOutbound, type OutboundRequest } from '../outbound/outbound.ts';
import { readHttpUrl } from '../outbound/outbound-guard.ts';
import type { NumberRules } from './destination.ts';
import { httpOutcome } from './http-outcome.ts';
import { readRequestHeaders } from './request-headers.ts';
import { createSms } from './sms.ts';
import { checkSlots, escapeFor, fill, forJson, forUrl, type SmsSlots } from './sms-template.ts';

/** The SMS server settings of the reference document (G16 to G21), and who may be reached. */
export interface SmsGatewaySettings {
  /** GET, POST, PUT or PATCH. */
  readonly method: string;
  /** May hold `{{to}}`, `{{from}}`, `{{text}}` and `{{report}}` after the host. */
  readonly url: string;
  /** `"Name1:Value1","Name2:Value2"`, or blank. */
  readonly requestHeaders: string;
  /** May hold the same slots, each escaped as the Content-Type header asks; or blank. */
  readonly requestBody: string;
  /** Deadline of the whole exchange, milliseconds. */
  readonly timeout: number;
  readonly plusSymbolBeforeRecipientNumber: boolean;
  /** Where the gateway may be besides public addresses, `host` or `host:port`. */
  readonly hosts: readonly string[];
  readonly numbers: NumberRules;
  /** Of the server; its own unless given. */
  readonly dependencies?: Dependencies | undefined;
}

/** SMS through the customer's HTTP gateway. Throws `settings-invalid` when the settings cannot be used. */
export function createSmsGateway(settings: SmsGatewaySettings): Delivery {
  const toRequest = prepare(settings);
  const outbound = createOutbound(settings.hosts, { kind: 'text messages', dependencies: settings.dependencies });
  return createSms(settings.numbers, async (message) => httpOutcome(await outbound.exchange(toRequest(message))));
}

/** Checks the settings once, so that every later message makes a request that can be sent. */
function prepare(settings: SmsGatewaySettings): (message: Message) => OutboundRequest {
  const { requestBody, timeout, plusSymbolBeforeRecipientNumber } = settings;
  const method = readMethod(settings.method);
  const headers = readRequestHeaders(settings.requestHeaders);
  const escape = escapeFor(headers['content-type'] ?? '');
  checkUrl(settings.url);
  checkSlots('SMS_REQUEST_BODY', requestBody);
  if (escape === forJson && requestBody.trim() !== '') checkJson(requestBody);

  return ({ to, from, text, report }) => {
    const bare = to.replace(/^\++/, '');
    const slots = { to: plusSymbolBeforeRecipientNumber ? `+${bare}` : bare, from, text, report };
    return {
      method,
      url: new URL(fill(settings.url, slots, forUrl)),
      headers,
      body: requestBody.trim() === '' ? null : fill(requestBody, slots, escape),
      timeout,
    };
  };
}

function readMethod(method: string): OutboundRequest['method'] {
  const upper = method.trim().toUpperCase();
  if (upper === 'GET' || upper === 'POST' || upper === 'PUT' || upper === 'PATCH') return upper;
  throw new DialproofError('settings-invalid', `SMS_METHOD is "${method}".`, {
    fix: 'Set it to GET, POST, PUT or PATCH.',
  });
}

const SAMPLE: SmsSlots = { to: '1', from: '2', text: '"3"', report: '4' };
const OTHER_SAMPLE: SmsSlots = { to: '5', from: '6', text: '"7"', report: '8' };

function checkUrl(template: string): void {
  checkSlots('SMS_URL', template);
  const one = readHttpUrl(fill(template, SAMPLE, forUrl));
  const other = readHttpUrl(fill(template, OTHER_SAMPLE, forUrl));
  if (one === null || other === null) {
    throw new DialproofError('settings-invalid', 'SMS_URL is not an http or https address, or holds a user name.', {
      fix: 'Write the whole address, for example https://gateway.example/send; a user name goes into an Authorization header.',
    });
  }
  if (one.origin !== other.origin) {
    throw new DialproofError(
      'settings-invalid',
      'SMS_URL has a slot in its host, so that a message could choose where it goes.',
      {
        fix: 'Write the host out, and use slots only in the path and the query.',
      },
    );
  }
}

function checkJson(template: string): void {
  try {
    JSON.parse(fill(template, SAMPLE, forJson));
  } catch {
    throw new DialproofError('settings-invalid', 'SMS_REQUEST_BODY is not JSON, although Content-Type says so.', {
      fix: 'Put every slot inside double quotes, for example {"to":"{{to}}","text":"{{text}}"}.',
    });
  }
}
