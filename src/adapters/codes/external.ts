import type { SendCode, ServiceCall } from '../../core/call/tasks.ts';
import type { CodeProvider, Judgement, SendResult } from '../../core/contracts/code-provider.ts';
import type { WebService } from '../../core/contracts/web-service.ts';
import { TRAITS, type Method } from '../../core/method.ts';
import { statusOf } from '../../core/verification/contact-methods.ts';

/** Paths of the block that sends which a service may name (G43). */
const SEND_PATHS: readonly string[] = ['unreachable', 'rejected', 'error'];

/** In characters; what is longer is no address of anybody. */
const LONGEST_VALUE = 254;

/** Codes that the customer's own system makes, sends and checks, by its web services (G22 to G47). */
export function createExternalCodes({ webService }: { readonly webService: WebService }): CodeProvider {
  return {
    // Its own system knows where codes go; a value is for the caller's ears only (G37).
    destination: ({ value }) => Promise.resolve(isPlain(value.trim()) ? value.trim() : ''),
    prepare: (task) => ({
      leaves: isSent(task),
      lasts: task.code.lasts,
      mac: () => '',
      send: () => (isSent(task) ? send(webService, task) : Promise.resolve<SendResult>({ path: 'nothing-to-send' })),
    }),
    async judge({ task, code }) {
      const { service, parameter } = task;
      const asked = service && { ...service, parameters: { ...service.parameters, [parameter]: code } };
      const answer = await ask(webService, asked, 'codeAuthentication');
      if ('failed' in answer) return none('error', answer.failed);
      const own = pathOf(answer.status, task.statuses);
      if (answer.status === 'success') return { verdict: 'right' };
      if (answer.status === 'incorrect code') return { verdict: 'wrong' };
      // The service has looked at the code and said something of its own about it.
      if (own !== undefined) return { verdict: 'none', path: own, used: true, reason: 'a status of its own' };
      return none('error', answer.status === 'error' ? 'its status was error' : 'a status without a path');
    },
  };
}

function none(path: string, reason: string): Judgement {
  return { verdict: 'none', path, used: false, reason };
}

/** The authenticator has its codes already, unless the settings say that the service is to know of it (D2). */
function isSent({ method, sendForAuthenticator }: SendCode): boolean {
  return method !== 'authenticator' || sendForAuthenticator;
}

async function send(webService: WebService, task: SendCode): Promise<SendResult> {
  const { service, method, statuses } = task;
  const selected = { TwoFactorAuthSelectedMethod: TRAITS[method as Method].inRequests };
  const asked = service && { ...service, parameters: { ...service.parameters, ...selected } };
  const answer = await ask(webService, asked, 'sendAuthenticationCode');
  if ('failed' in answer) return failure(answer.path, answer.failed, answer.accepted);
  const { status } = answer;
  if (status === 'success') return { path: 'sent' };
  // D5: nobody has entered a code yet, so this is a failed send.
  if (status === 'incorrect code' || status === 'failed') return failure('rejected', `its status was ${status}`);
  if (SEND_PATHS.includes(status)) return failure(status, `its status was ${status}`);
  const own = pathOf(status, statuses);
  return own === undefined ? failure('error', 'a status without a path') : failure(own, 'a status of its own');
}

function failure(path: string, reason: string, accepted = true): SendResult {
  return { path, failure: { accepted, reason } };
}

type Answer =
  | { readonly status: string }
  | { readonly failed: string; readonly path: 'unreachable' | 'error'; readonly accepted: boolean };

/** Asks a service and reads the one status of its document; anything else has failed. */
async function ask(webService: WebService, service: ServiceCall | null, root: string): Promise<Answer> {
  if (service === null || service.url === null)
    return { failed: 'it has no address for this kind of call', path: 'error', accepted: false };
  const answer = await webService.call({ ...service, url: service.url });
  if (answer.kind === 'failed') return { failed: answer.reason, path: 'unreachable', accepted: answer.unsent !== true };
  const status = statusOf(answer.root, root);
  return status === null ? { failed: 'not the expected document', path: 'error', accepted: true } : { status };
}

/** Only what the block declares; a status is never a target. */
function pathOf(status: string, statuses: Readonly<Record<string, string>>): string | undefined {
  return Object.hasOwn(statuses, status) ? statuses[status] : undefined;
}

function isPlain(value: string): boolean {
  return value.length <= LONGEST_VALUE && !/[\p{Cc}\p{Cf}]/u.test(value);
}
