import { METHODS, TRAITS, type Method } from '../../core/method.ts';
import type { ContactMethod, TaskResult } from '../../core/call/session.ts';
import type { CallService, FindMethods, SendCode, Task, VerifyCode } from '../../core/call/tasks.ts';
import { RARE, TROUBLE, type Happening, type Office } from './moment.ts';
import type { Watched } from './watched.ts';

const FAILED: readonly string[] = ['failed', 'unreachable', 'rejected', 'error', 'locked'];

type Outcome = Omit<Extract<Happening, { kind: 'result' }>, 'kind' | 'task' | 'office'> & { readonly office?: Office };

/** Whatever the handler of a task (src/app/tasks) may come to, at this moment of the call. */
export function resultsOf(task: Task, office: Office, watched: Watched): readonly Happening[] {
  return outcomesOf(task, office, watched).map((each) => ({
    kind: 'result',
    task,
    cost: each.expired === true || FAILED.includes(each.result.path) ? TROUBLE : 1,
    ...each,
    office: each.office ?? office,
  }));
}

function outcomesOf(task: Task, office: Office, watched: Watched): readonly Outcome[] {
  switch (task.type) {
    case 'find-methods':
      return found(task);
    case 'send-code':
      return sent(task, office);
    case 'verify-code':
      return verified(task, office);
    case 'service':
      return answered(task, watched);
  }
}

const DESTINATIONS = {
  mailbox: 'ana@example.test',
  number: '+12025550156',
  nobody: '',
} as const;

/** Where codes go in simulated calls. */
export function destinationOf(method: Method): string {
  return DESTINATIONS[TRAITS[method].to];
}

function found(task: FindMethods): readonly Outcome[] {
  const none: Outcome = { result: { path: 'none', found: [] } };
  if (task.account === '') return [none];
  const { email, phone } = task.variables;
  const lookedUp = {
    [email]: destinationOf('email'),
    [phone]: destinationOf('sms'),
  };
  const sets = task.sharedState ? setsOf(task.methods.filter((method) => isSet(method, task))) : setsOf(task.methods);
  return [
    ...sets.map((methods): Outcome => ({
      result: { path: 'found', found: methods.map(contact), lookedUp },
    })),
    none,
    { result: { path: 'failed' } },
    ...(sets.length === 0 ? [] : [{ result: { path: 'locked' } }]),
  ];
}

function contact(method: Method): ContactMethod {
  return { method, destination: destinationOf(method) };
}

function isSet(method: Method, { known }: FindMethods): boolean {
  const { to, code } = TRAITS[method];
  return to !== 'nobody' && known[to === 'mailbox' ? 'email' : code === 'told' ? 'voice' : 'phone'] !== '';
}

/** Callers with one method, and with two of them: one that is sent and, where it is offered, the one that is not. */
function setsOf(methods: readonly Method[]): readonly (readonly Method[])[] {
  const shown = methods.filter((method) => TRAITS[method].code === 'shown');
  const [first, second] = methods.filter((method) => !shown.includes(method));
  const ones = [first, ...shown].flatMap((method) => (method === undefined ? [] : [[method]]));
  const pair = [first, shown[0] ?? second].filter((method) => method !== undefined);
  return pair.length < 2 ? ones : [...ones, METHODS.filter((method) => pair.includes(method))];
}

function sent(task: SendCode, office: Office): readonly Outcome[] {
  const { account, method, code, most, statuses } = task;
  const error: Outcome = { result: { path: 'error' } };
  if (method === '' || account === '') return [error];
  const locked: Outcome = { result: { path: 'locked' } };
  if (office.sends >= most) return [{ result: { path: 'too-many' } }, locked];
  const counted: Office = {
    ...office,
    sends: office.sends + 1,
    attempts: 0,
    most: code.attempts,
    code: 'none',
  };
  const out = (path: string, rest: Partial<Outcome> = {}): Outcome => ({
    result: { path },
    office: counted,
    ...rest,
  });
  const live = (path: string): Outcome => {
    const tallies = { sends: counted.sends, left: code.attempts };
    return { result: { path, tallies }, office: { ...counted, code: 'live' } };
  };
  const leaves = method !== 'authenticator' || (code.madeBy === 'external' && task.sendForAuthenticator);
  if (!leaves) return [live('nothing-to-send'), out('unreachable'), locked];
  const own = code.madeBy === 'external' ? Object.values(statuses) : [];
  const soon: Outcome[] =
    office.code === 'live' && office.attempts === 0
      ? [{ result: { path: 'sent', say: 'on-its-way' }, cost: RARE }]
      : [];
  return [
    live('sent'),
    ...['unreachable', 'rejected', 'error', ...own].map((path) => out(path)),
    locked,
    ...soon,
    // The budget of the account or of the number, over all of its calls.
    { result: { path: 'too-many' }, cost: RARE },
  ];
}

function verified(task: VerifyCode, office: Office): readonly Outcome[] {
  if (task.candidates.every((each) => each === '')) return [{ result: { path: 'blank' } }];
  if (task.account === '') return [{ result: { path: 'error' } }];
  const { attempts, most, sends } = office;
  const over = sends >= task.mostSends ? 'no-send-left' : 'finished';
  const closed: Office = { ...office, code: 'none', attempts: 0 };
  const always: Outcome[] = [{ result: { path: 'locked' } }, { result: { path: 'error' } }];
  if (office.code === 'none') return [{ result: { path: over } }, ...always];
  if (office.code === 'spent' || attempts >= most)
    return [{ result: { path: 'too-many' }, office: { ...office, code: 'spent' } }, ...always];
  const used: Office = { ...office, attempts: attempts + 1 };
  const statuses = task.madeBy === 'external' ? Object.values(task.statuses) : [];
  const out = (path: string, then: Office, result: Partial<TaskResult> = {}): Outcome => ({
    result: { path, ...result },
    office: then,
  });
  const wrong =
    task.afterWrong === 'new-code'
      ? out(over, closed)
      : used.attempts >= most
        ? out('too-many', { ...used, code: 'spent' })
        : out('wrong', used, { tallies: { left: most - used.attempts } });
  return [
    out('right', {
      ...closed,
      verified: [...new Set([...office.verified, task.account])],
    }),
    wrong,
    { ...out(over, closed), expired: true },
    ...statuses.map((path) => out(path, used)),
    ...always,
  ];
}

function answered({ paths, failed, receive }: CallService, watched: Watched): readonly Outcome[] {
  const sets = watched.combinations(Object.keys(receive));
  const well = Object.values(paths).filter((path) => path !== failed);
  return [
    ...well.flatMap((path) => sets.map((variables): Outcome => ({ result: { path, variables } }))),
    { result: { path: failed } },
  ];
}
