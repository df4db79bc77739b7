import { startMailSink } from '../../src/demo/mail-sink.ts';
import { contactMethods } from './contact-methods.ts';
import { httpStub } from './stub-server.ts';

/** A company with as many customers as there are numbers: each has one email address, and every code that comes is kept. */
export interface Company {
  /** Where its services are, as settings. */
  readonly settings: Readonly<Record<string, string>>;
  /** Of its HTTP services, for SERVICE_HOSTS. */
  readonly host: string;
  /** The codes that have come to the customer of this account, oldest first. */
  codesOf(account: string): readonly string[];
  /** Messages that have come to anybody. */
  readonly received: number;
  /** Forgets what has come to this customer: who calls for days is not remembered. */
  forgets(account: string): void;
  close(): Promise<void>;
}

export async function startCompany(): Promise<Company> {
  const codes = new Map<string, string[]>();
  let received = 0;
  const mail = await startMailSink({
    add({ to, text }) {
      received += 1;
      const account = /^c(.+)@example\.test$/.exec(to)?.[1] ?? '';
      codes.set(account, [...(codes.get(account) ?? []), /\d{6}/.exec(text)?.[0] ?? '']);
    },
  });
  const methods = await httpStub((response, body) => {
    const account = new URLSearchParams(body).get('AccountNumber') ?? '';
    response.end(contactMethods(`<method name="email" value="c${account}@example.test"/>`));
  });
  return {
    settings: {
      CONTACT_METHODS_URL: methods.url,
      EMAIL_SMTP_HOST: mail.host,
      EMAIL_SMTP_PORT: String(mail.port),
      EMAIL_SMTP_TLS: 'none',
    },
    host: methods.host,
    codesOf: (account) => codes.get(account) ?? [],
    get received() {
      return received;
    },
    forgets: (account) => void codes.delete(account),
    async close() {
      await mail.close();
      await methods.close();
    },
  };
}
