import { TRAITS, type Method, type Traits } from '../../core/method.ts';
import type { ContactMethod } from '../../core/call/session.ts';
import type { FindMethods } from '../../core/call/tasks.ts';
import { readContactMethods, type ListedMethod } from '../../core/verification/contact-methods.ts';
import type { Handler, TaskContext } from './handler.ts';
import { providerOf } from './provider-of.ts';

/**
 * Asks the customer's service for the verified contact methods (G32). No account, `not found`, no method that can be
 * used: all `none`, so that none of them can be told apart by ear (G50, D6); anything wrong with the service: `failed`.
 */
export const findMethods: Handler<FindMethods> = async (task, context) => {
  const { store, clock } = context.parts;
  if (task.account === '' || !(await mayAsk(task, context))) return { path: 'none', found: [] };
  const listed = task.sharedState ? inVariables(task) : await askService(task, context);
  if (listed === null) return { path: 'failed' };
  const found = await usable(listed, task, context);
  if (found.length === 0) return { path: 'none', found: [] };
  if (await store.accountLocked(task.account, clock.now())) return { path: 'locked' };
  return { path: 'found', found, lookedUp: variablesFor(found, task) };
};

/** Nobody finds out which accounts there are by trying one after the other; who does hears what all others without a method hear. */
async function mayAsk({ account, type }: FindMethods, { parts, call, caller }: TaskContext): Promise<boolean> {
  const { store, clock, log } = parts;
  const allowed = await store.chargeLookup({ account, budgets: parts.lookups(caller), now: clock.now() });
  if (!allowed) log.warn({ call, task: type, budget: 'lookups' }, 'a look-up was refused: its budget is used up');
  return allowed;
}

/** The methods whose variable is set (L20): Shared State of the OTP nodes. */
function inVariables(task: FindMethods): readonly ListedMethod[] {
  return task.methods
    .map((name) => ({ name, value: knownDestination(name, task) }))
    .filter(({ value }) => value !== '');
}

/** What the service lists; null where it does not answer properly. */
async function askService(
  { service, type }: FindMethods,
  { parts, call }: TaskContext,
): Promise<readonly ListedMethod[] | null> {
  const { webService, log } = parts;
  if (service.url === null) {
    log.warn({ call, task: type }, 'the contact-methods service has no URL for this kind of call');
    return null;
  }
  const answer = await webService.call({ ...service, url: service.url });
  const document = answer.kind === 'answer' ? readContactMethods(answer.root) : null;
  if (document === null) {
    log.warn(
      { call, task: type, reason: answer.kind === 'failed' ? answer.reason : 'not the expected document' },
      'the contact-methods service failed',
    );
    return null;
  }
  return document.status === 'success' ? document.methods : [];
}

/** The methods that the service lists, that the callflow offers, and that a code can really be sent by, in its order. */
async function usable(
  listed: readonly ListedMethod[],
  task: FindMethods,
  context: TaskContext,
): Promise<readonly ContactMethod[]> {
  const { account, madeBy } = task;
  const { lines } = context;
  const found = task.methods.map(async (method): Promise<readonly ContactMethod[]> => {
    const entry = listed.find((each) => each.name === method);
    if (entry === undefined) return [];
    const value = entry.value === '' ? knownDestination(method, task) : entry.value;
    const contact = { account, method, value, lines };
    const destination = await providerOf({ madeBy, method }, context).destination(contact);
    return destination === null ? [] : [{ method, destination }];
  });
  return (await Promise.all(found)).flat();
}

/** The service named no value: the variable is assumed to be set already (G39). */
function knownDestination(method: Method, task: FindMethods): string {
  const { to, code } = TRAITS[method];
  if (to === 'nobody') return '';
  if (to === 'mailbox') return task.known.email;
  return code === 'told' ? task.known.voice : task.known.phone;
}

/** The variables that the settings name are set to the values (G38). */
function variablesFor(found: readonly ContactMethod[], task: FindMethods): Record<string, string> {
  const first = (to: Traits['to']) =>
    found.find(({ method, destination }) => TRAITS[method].to === to && destination !== '');
  const [email, phone] = [first('mailbox'), first('number')];
  return {
    ...(email === undefined ? {} : { [task.variables.email]: email.destination }),
    ...(phone === undefined ? {} : { [task.variables.phone]: phone.destination }),
  };
}
