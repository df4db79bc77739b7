import type { DemoApplication } from './application.ts';
import { startBalance } from './balance.ts';
import { startCodeSystem, type CodeSystem } from './code-system.ts';
import { startContactMethods } from './contact-methods.ts';
import { Inbox } from './inbox.ts';
import { startMailSink } from './mail-sink.ts';
import { startSmsSink, type SmsGatewaySettings } from './sms-sink.ts';

/** Where the services of the demo company answer, as settings. */
export interface DemoAddresses {
  /** For CONTACT_METHODS_URL. */
  readonly contactMethodsUrl: string;
  /** For SEND_CODE_URL and VERIFY_CODE_URL. */
  readonly codes: Pick<CodeSystem, 'sendCodeUrl' | 'verifyCodeUrl'>;
  /** For CALLFLOW_BALANCE_URL. */
  readonly balanceUrl: string;
  /** For EMAIL_SMTP_HOST and EMAIL_SMTP_PORT, with EMAIL_SMTP_TLS `none` and no user. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** For the SMS_... settings. */
  readonly sms: SmsGatewaySettings;
  /** `127.0.0.1:port` of the HTTP services, for SERVICE_HOSTS (which does not govern SMTP). */
  readonly hosts: readonly string[];
}

/** The demo company: everything a call needs besides the voice server, on this machine only. */
export interface Demo extends DemoAddresses {
  readonly inbox: Inbox;
  /** Its own code system takes the codes of a customer's authenticator application from now on. */
  knows(application: DemoApplication): void;
  close(): Promise<void>;
}

/** Starts the demo company on free ports of 127.0.0.1. `now` is the wall clock in milliseconds. */
export async function startDemo(options: { readonly now: () => number }): Promise<Demo> {
  const inbox = new Inbox(options);
  const [contactMethods, balance, codes, mail, sms] = await Promise.all([
    startContactMethods(),
    startBalance(),
    startCodeSystem(inbox),
    startMailSink(inbox),
    startSmsSink(inbox),
  ]);
  return {
    contactMethodsUrl: contactMethods.url,
    codes,
    balanceUrl: balance.url,
    smtp: { host: mail.host, port: mail.port },
    sms: sms.settings,
    inbox,
    knows: (application) => codes.knows(application),
    hosts: [contactMethods.host, balance.host, codes.host, sms.host],
    async close() {
      await Promise.all([contactMethods, balance, codes, mail, sms].map((service) => service.close()));
    },
  };
}
