import { startBalance } from './balance.ts';
import { startCodeSystem } from './code-system.ts';
import { startContactMethods } from './contact-methods.ts';
import { Inbox } from './inbox.ts';
import { startMailSink } from './mail-sink.ts';
import { startSmsSink, type SmsGatewaySettings } from './sms-sink.ts';

/** The demo company: everything a call needs besides the voice server, on this machine only. */
export interface Demo {
  /** For CONTACT_METHODS_URL. */
  readonly contactMethodsUrl: string;
  /** For SEND_CODE_URL and VERIFY_CODE_URL. */
  readonly codes: { readonly sendCodeUrl: string; readonly verifyCodeUrl: string };
  /** For CALLFLOW_BALANCE_URL. */
  readonly balanceUrl: string;
  /** For EMAIL_SMTP_HOST and EMAIL_SMTP_PORT, with EMAIL_SMTP_TLS `none` and no user. */
  readonly smtp: { readonly host: string; readonly port: number };
  /** For the SMS_... settings. */
  readonly sms: SmsGatewaySettings;
  readonly inbox: Inbox;
  /** `127.0.0.1:port` of the HTTP services, for SERVICE_HOSTS (which does not govern SMTP). */
  readonly hosts: readonly string[];
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
    codes: { sendCodeUrl: codes.sendCodeUrl, verifyCodeUrl: codes.verifyCodeUrl },
    balanceUrl: balance.url,
    smtp: { host: mail.host, port: mail.port },
    sms: sms.settings,
    inbox,
    hosts: [contactMethods.host, balance.host, codes.host, sms.host],
    async close() {
      await Promise.all([contactMethods, balance, codes, mail, sms].map((service) => service.close()));
    },
  };
}
