import fc from 'fast-check';
import { DAY, HOUR, RETENTION } from '../../../contracts/store/caller.ts';
import { aKey, anAccount, someBudgets, stepOf, type Step } from './step.ts';

const AUTHENTICATORS = fc.constantFrom('a1', 'a2');
const REVISIONS = fc.constantFrom('r1', 'r2', 'r3');
const CALLER = [
  { name: 'lookups', value: '+12025550123', most: 1, within: HOUR },
  { name: 'lookups a day', value: '+12025550123', most: 2, within: DAY },
];
const textsOf = (revision: string) => ({
  callflows: [{ file: 'callflows/main.yaml', text: revision }],
  prompts: [],
  builtins: {},
  defaultLocale: 'en-US',
});
const notice = fc.record({ key: aKey, account: anAccount, budgets: someBudgets });
const SENT = { method: 'email', masked: 'a…@example.test' } as const;

/** Accounts, their authenticators and notices, libraries, and what is swept. */
export const ACCOUNT_STEPS: readonly fc.WeightedArbitrary<Step>[] = [
  {
    weight: 1,
    arbitrary: stepOf(
      'accountLocked',
      anAccount,
      (account, { now }) =>
        (store) =>
          store.accountLocked(account, now),
    ),
  },
  {
    weight: 2,
    arbitrary: stepOf(
      'standingOf',
      anAccount,
      (account, { now }) =>
        (store) =>
          store.standingOf(account, now),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'openAccount',
      anAccount,
      (account, { now }) =>
        (store) =>
          store.openAccount(account, now),
    ),
  },
  {
    weight: 3,
    arbitrary: stepOf(
      'chargeLookup',
      fc.record({ account: anAccount, budgets: fc.subarray(CALLER) }),
      (drawn, { now }) =>
        (store) =>
          store.chargeLookup({ ...drawn, now }),
    ),
  },
  {
    weight: 3,
    arbitrary: stepOf(
      'chargeNotice',
      notice,
      (of, { now }) =>
        (store) =>
          store.chargeNotice({ ...of, ...SENT, now }),
    ),
  },
  {
    weight: 2,
    arbitrary: stepOf(
      'noticeFailed',
      fc.record({ key: aKey, account: anAccount, accepted: fc.boolean() }),
      (of, { now }) =>
        (store) =>
          store.noticeFailed({ ...of, ...SENT, now, outcome: 'unreachable' }),
    ),
  },
  {
    weight: 2,
    arbitrary: stepOf(
      'addAuthenticator',
      fc.record({ id: AUTHENTICATORS, account: anAccount }),
      (of, { now }) =>
        (store) =>
          store.addAuthenticator({ ...of, secret: Buffer.from(of.id), now }),
    ),
  },
  {
    weight: 2,
    arbitrary: stepOf(
      'confirmAuthenticator',
      fc.record({ id: AUTHENTICATORS, step: fc.integer({ min: 0, max: 5 }) }),
      (of, { now }) =>
        (store) =>
          store.confirmAuthenticator({ ...of, now }),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'revokeAuthenticator',
      AUTHENTICATORS,
      (id, { now }) =>
        (store) =>
          store.revokeAuthenticator(id, now),
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf('authenticatorsOf', anAccount, (account) => (store) => store.authenticatorsOf(account)),
  },
  {
    weight: 2,
    arbitrary: stepOf(
      'keepLibrary',
      REVISIONS,
      (revision, { now }) =>
        (store) =>
          store.keepLibrary({ revision, texts: textsOf(revision), now }),
    ),
  },
  { weight: 1, arbitrary: stepOf('readLibrary', REVISIONS, (revision) => (store) => store.readLibrary(revision)) },
  {
    weight: 3,
    arbitrary: stepOf(
      'sweep',
      fc.constantFrom(RETENTION, { auditMs: HOUR }, { auditMs: HOUR, repliesMs: HOUR }),
      (retention, { now }) =>
        (store) =>
          store.sweep(now, retention),
    ),
  },
  { weight: 1, arbitrary: stepOf('countRows', fc.constant(null), () => (store) => store.countRows()) },
];
