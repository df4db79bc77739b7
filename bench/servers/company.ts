import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A company whose every account has one telephone number of its own, and the gateway that its text messages go to. */
export class Company {
  /** The newest code that went to each number. */
  readonly codes = new Map<string, string>();
  readonly settings: Readonly<Record<string, string>>;
  private readonly server: Server;

  private constructor(server: Server) {
    this.server = server;
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.settings = {
      AGENT_NUMBER: '+12025550199',
      CONTACT_METHODS_URL: `http://${host}/contact-methods`,
      EMAIL_SMTP_HOST: '127.0.0.1',
      SERVICE_HOSTS: host,
      SMS_METHOD: 'POST',
      SMS_URL: `http://${host}/messages`,
      SMS_REQUEST_HEADERS: '"Content-Type:application/json"',
      SMS_REQUEST_BODY: '{"to":"{{to}}","text":"{{text}}"}',
      SENDS_PER_HOUR: '1000000',
      SENDS_PER_PREFIX: '1000000/1h',
      LOOKUPS_PER_CALLER: '1000000/1h',
      ALLOW_NONCONFORMANT: 'true',
    };
  }

  static async open(): Promise<Company> {
    const server = createServer((request, response) => {
      void company.answer(request).then((answer) => response.setHeader('content-type', 'application/xml').end(answer));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const company = new Company(server);
    return company;
  }

  private async answer(request: IncomingMessage): Promise<string> {
    const body = await text(request);
    if (request.url === '/messages') {
      const message = JSON.parse(body) as { readonly to: string; readonly text: string };
      this.codes.set(message.to, /\d{6}/.exec(message.text)?.[0] ?? '');
      return '';
    }
    const number = numberOf(new URLSearchParams(body).get('AccountNumber') ?? '');
    const method = `<method name="sms" value="${number}"/>`;
    return `<checkVerifiedContactMethods><status>success</status><methods>${method}</methods></checkVerifiedContactMethods>`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }
}

/** Of an account of seven digits that begins with 2 to 9. */
export function numberOf(account: string): string {
  return `+1202${account}`;
}
