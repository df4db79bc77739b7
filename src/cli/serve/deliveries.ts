import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';
import type { NumberRules } from '../../adapters/delivery/destination.ts';
import { DELIVERIES } from '../../adapters/delivery/index.ts';
import type { Dependencies } from '../../adapters/outbound/dependency.ts';
import type { TwilioApiSettings } from '../../adapters/delivery/twilio-api.ts';
import type { Delivery } from '../../core/contracts/delivery.ts';
import { isDelivered, METHODS, TRAITS, type DeliveredMethod, type Method } from '../../core/method.ts';
import { senderOf } from '../../core/settings.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import { reportUrl } from '../../server/delivery-links.ts';
import { publicUrlOf, type Environment } from '../environment.ts';

/** Where the numbers are that codes are sent from and never to. */
type Senders = Pick<LoadedLibrary, 'flows' | 'agent'>;

/** The server that sends; what is not given is as the settings alone have it. */
export interface SendingServer {
  readonly publicUrl?: string;
  readonly dependencies?: Dependencies;
}

/** The ways that codes can be sent with these settings; a method without its settings is not offered to callers. */
export function createDeliveries(
  environment: Environment,
  library: Senders,
  server: SendingServer = {},
): ReadonlyMap<Method, Delivery> {
  const made = METHODS.filter(isDelivered).flatMap(
    (method) => SENDERS[method].make(environment, library, server) ?? [],
  );
  return new Map(made.map((delivery) => [delivery.method, delivery]));
}

interface SenderMaker {
  /** The sender as the settings have it; null where they do not. */
  make(environment: Environment, library: Senders, server: SendingServer): Delivery | null;
  /** The settings that production does not start without where a callflow sends by it, and what it then does. */
  needs(environment: Environment): readonly (readonly [setting: keyof Environment, why: string])[];
}

export const SENDERS: Readonly<Record<DeliveredMethod, SenderMaker>> = {
  email: { make: email, needs: () => [['EMAIL_SMTP_HOST', 'sends codes by email']] },
  sms: {
    make: sms,
    needs: ({ SMS_PROVIDER: provider }) => (provider === 'gateway' ? [['SMS_URL', 'sends codes by text message']] : []),
  },
  voice: { make: voice, needs: () => [['TWILIO_ACCOUNT_SID', 'tells codes by telephone call']] },
};

function email(environment: Environment, _library: Senders, { dependencies }: SendingServer): Delivery | null {
  const {
    EMAIL_SMTP_HOST: host,
    EMAIL_SMTP_PORT: port,
    EMAIL_SMTP_TLS: tls,
    EMAIL_SMTP_USER: user,
    EMAIL_SMTP_PASSWORD: password,
    EMAIL_SMTP_TIMEOUT: timeout,
  } = environment;
  if (host === undefined) return null;
  return DELIVERIES.email.smtp({
    host,
    port,
    tls,
    timeout,
    dependencies,
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
  });
}

function sms(environment: Environment, library: Senders, server: SendingServer): Delivery | null {
  switch (environment.SMS_PROVIDER) {
    case 'gateway':
      return gateway(environment, library, server);
    case 'twilio':
      return twilio(environment, library, server);
  }
}

function gateway(environment: Environment, library: Senders, { dependencies }: SendingServer): Delivery | null {
  if (environment.SMS_URL === undefined) return null;
  return DELIVERIES.sms.gateway({
    method: environment.SMS_METHOD,
    url: environment.SMS_URL,
    requestHeaders: environment.SMS_REQUEST_HEADERS,
    requestBody: environment.SMS_REQUEST_BODY,
    timeout: environment.SMS_TIMEOUT,
    plusSymbolBeforeRecipientNumber: environment.SMS_PLUS_SYMBOL_BEFORE_RECIPIENT_NUMBER,
    hosts: environment.SERVICE_HOSTS,
    numbers: numbersOf(environment, library),
    dependencies,
  });
}

function twilio(environment: Environment, library: Senders, server: SendingServer): Delivery | null {
  const api = twilioApi(environment, server);
  if (api === null) return null;
  return DELIVERIES.sms.twilio({
    api,
    numbers: numbersOf(environment, library),
    reportUrl: (report) => reportUrl(server.publicUrl ?? publicUrlOf(environment), 'sms', report),
  });
}

/** Only where a callflow says which number calls: nobody else's account is asked for anything. */
function voice(environment: Environment, library: Senders, server: SendingServer): Delivery | null {
  const api = twilioApi(environment, server);
  if (api === null || !library.flows.some(({ callflow }) => callflow.settings.messages.voice !== undefined))
    return null;
  return DELIVERIES.voice.twilio({
    api,
    numbers: numbersOf(environment, library),
    callUrl: (token) => reportUrl(server.publicUrl ?? publicUrlOf(environment), 'voice', token),
  });
}

function twilioApi(environment: Environment, { dependencies }: SendingServer): TwilioApiSettings | null {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: tokens, TWILIO_API_URL: url } = environment;
  // Of two that are being rotated, the new one.
  const [authToken] = tokens;
  if (accountSid === undefined || authToken === undefined) return null;
  return { url, accountSid, authToken, timeout: environment.SMS_TIMEOUT, dependencies };
}

function numbersOf({ SMS_COUNTRIES: countries }: Environment, library: Senders): NumberRules {
  const senders = library.flows.flatMap(({ callflow: { settings } }) =>
    METHODS.filter((method) => TRAITS[method].to === 'number').flatMap(
      (method) => parsePhoneNumberFromString(senderOf(method, settings)) ?? [],
    ),
  );
  const agent = parsePhoneNumberFromString(library.agent)?.number;
  const listed = countries.map((code) => code.toUpperCase() as CountryCode);
  return {
    countries: listed.length > 0 ? listed : senders.flatMap((sender) => sender.country ?? []),
    own: [...senders.map((sender) => sender.number), ...(agent === undefined ? [] : [agent])],
  };
}
