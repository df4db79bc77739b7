import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import { DELIVERIES } from '../../adapters/delivery/index.ts';
import type { Delivery } from '../../core/contracts.ts';
import type { Method } from '../../core/method.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import type { Environment } from '../environment.ts';

/** Where the numbers are that codes are sent from and never to. */
type Senders = Pick<LoadedLibrary, 'flows' | 'agent'>;

/** The ways that codes can be sent with these settings; a method without its settings is not offered to callers. */
export function createDeliveries(environment: Environment, library: Senders): ReadonlyMap<Method, Delivery> {
  const made = [email(environment), sms(environment, library)].filter((delivery) => delivery !== null);
  return new Map(made.map((delivery) => [delivery.method, delivery]));
}

function email({
  EMAIL_SMTP_HOST: host,
  EMAIL_SMTP_PORT: port,
  EMAIL_SMTP_TLS: tls,
  EMAIL_SMTP_USER: user,
  EMAIL_SMTP_PASSWORD: password,
}: Environment): Delivery | null {
  if (host === undefined) return null;
  return DELIVERIES.email.smtp({
    host,
    port,
    tls,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  });
}

function sms(environment: Environment, library: Senders): Delivery | null {
  if (environment.SMS_URL === undefined) return null;
  const senders = library.flows.flatMap(
    ({ callflow }) => parsePhoneNumberFromString(callflow.settings.messages.sms?.from ?? '') ?? [],
  );
  const agent = parsePhoneNumberFromString(library.agent)?.number;
  const listed = environment.SMS_COUNTRIES.map((code) => code.toUpperCase() as CountryCode);
  return DELIVERIES.sms[environment.SMS_PROVIDER]({
    method: environment.SMS_METHOD,
    url: environment.SMS_URL,
    requestHeaders: environment.SMS_REQUEST_HEADERS,
    requestBody: environment.SMS_REQUEST_BODY,
    timeout: environment.SMS_TIMEOUT,
    plusSymbolBeforeRecipientNumber: environment.SMS_PLUS_SYMBOL_BEFORE_RECIPIENT_NUMBER,
    hosts: environment.SERVICE_HOSTS,
    numbers: {
      countries: listed.length > 0 ? listed : senders.flatMap((sender) => sender.country ?? []),
      own: [...senders.map((sender) => sender.number), ...(agent === undefined ? [] : [agent])],
    },
  });
}
