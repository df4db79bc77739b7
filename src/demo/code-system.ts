import { randomInt } from 'node:crypto';
import express from 'express';
import type { DemoApplication } from './application.ts';
import { methodsOf } from './accounts.ts';
import type { Inbox } from './inbox.ts';
import { startLoopbackService, type LoopbackService } from './loopback-service.ts';

/** The demo company's own code system: both services of external codes. */
export interface CodeSystem extends LoopbackService {
  /** Send Authentication Code (G40). */
  readonly sendCodeUrl: string;
  /** Code Authentication (G44). */
  readonly verifyCodeUrl: string;
  /** Takes the codes of a customer's authenticator application from now on, each once. */
  knows(application: DemoApplication): void;
}

type Form = Readonly<Record<string, unknown>>;

/** Makes a code of six digits for each account, brings it to the inbox, and knows it until the next one or its use. */
export async function startCodeSystem(inbox: Inbox): Promise<CodeSystem> {
  const codes = new Map<string, string>();
  const shown = new ShownCodes();
  const routes = express.Router().use(express.urlencoded({ extended: false, limit: '16kb' }));
  routes.all('/send-code', (request, response) => {
    const { account, selected } = said(request);
    const to = methodsOf(account)?.find(({ name }) => name.toLowerCase() === selected.toLowerCase())?.value;
    if (to === undefined) return reply(response, 'sendAuthenticationCode', 'error');
    const code = String(randomInt(0, 1_000_000)).padStart(6, '0');
    codes.set(account, code);
    const text = `${code} is the code that the demo company's own system made.`;
    const mail = { method: 'email', to, subject: 'Your code', text, report: '' } as const;
    inbox.add(selected === 'Email' ? mail : { method: 'sms', to, text, report: '' });
    reply(response, 'sendAuthenticationCode', 'success');
  });
  routes.all('/verify-code', async (request, response) => {
    const { account, entered } = said(request);
    const isSent = entered !== '' && codes.get(account) === entered;
    if (isSent) codes.delete(account);
    const isRight = isSent || (await shown.takes(account, entered));
    reply(response, 'codeAuthentication', isRight ? 'success' : 'incorrect code');
  });
  const service = await startLoopbackService('/codes', routes);
  return {
    ...service,
    sendCodeUrl: `${service.url}/send-code`,
    verifyCodeUrl: `${service.url}/verify-code`,
    knows: (application) => shown.applications.push(application),
  };
}

/** What the customers' applications show, and what of it was used. */
class ShownCodes {
  readonly applications: DemoApplication[] = [];
  private readonly used = new Map<string, string>();

  async takes(account: string, entered: string): Promise<boolean> {
    const application = this.applications.find((each) => each.account === account);
    const code = (await application?.present())?.code;
    if (code === undefined || code === null || code !== entered || this.used.get(account) === code) return false;
    this.used.set(account, code);
    return true;
  }
}

function said(request: express.Request): Readonly<Record<'account' | 'selected' | 'entered', string>> {
  const form: Form = request.method === 'GET' ? request.query : (request.body ?? {});
  const text = (name: string): string => {
    const value = form[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    account: text('AccountNumber'),
    selected: text('TwoFactorAuthSelectedMethod'),
    entered: text('authCode_nbest1'),
  };
}

function reply(response: express.Response, root: string, status: string): void {
  response.type('application/xml').send(`<${root}><status>${status}</status></${root}>\n`);
}
