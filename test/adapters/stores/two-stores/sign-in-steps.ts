import fc from 'fast-check';
import { DAY, HOUR, MINUTE } from '../../../contracts/store/caller.ts';
import { deviceOf, passOf, seenOf, signInOf } from '../../../contracts/store/remembered.ts';
import { anAccount, stepOf, type Play, type Step } from './step.ts';

const DEVICES = fc.constantFrom('d1', 'd2', 'd3');
const REVOKE = fc.constantFrom('asked', 'too-many');
const PAGES = fc.constantFrom('p1', 'p1', 'p2');
const TICKETS = fc.constantFrom('t1', 't1', 't2');
/** Mostly the newest one that was told. */
const WHICH = fc.constantFrom(0, 0, 0, 1, 2);

const remembers = stepOf(
  'rememberDevice',
  fc.record({
    account: anAccount,
    lasts: fc.constantFrom(HOUR, 30 * DAY, 30 * DAY, 30 * DAY),
    most: fc.constantFrom(0, 1, 2, 2, 2, 5, 5, 5),
    isTaken: fc.constantFrom(false, false, false, true),
  }),
  ({ account, lasts, most, isTaken }, play) => {
    const { now } = play;
    const [taken] = play.deviceTokens;
    const id = isTaken ? 'd1' : (['d1', 'd2', 'd3'][play.deviceTokens.length] ?? play.fresh('d'));
    const token = isTaken && taken ? taken.token : play.fresh('token');
    const device = deviceOf({ id, account, token, now, expiresAt: now + lasts, most });
    return { of: (store) => store.rememberDevice(device), heard: () => play.deviceTokens.unshift(device) };
  },
);

const recognises = stepOf(
  'recogniseDevice',
  fc.record({
    other: fc.option(anAccount, { freq: 2 }),
    which: WHICH,
    fingerprint: fc.constantFrom('as remembered', 'changed'),
  }),
  ({ other, which, fingerprint }, play) => {
    const { token, account } = play.deviceTokens[which] ?? { token: 'guessed', account: 'ana' };
    const seen = seenOf(token, { account: other ?? account, fingerprint, next: play.fresh('token'), now: play.now });
    return {
      of: (store) => store.recogniseDevice(seen),
      heard(answer) {
        if ((answer as { rotated?: boolean }).rotated === true)
          play.deviceTokens.unshift({ token: seen.next, account });
      },
    };
  },
);

const opensOne = stepOf(
  'openSignIn',
  fc.record({ token: PAGES, account: anAccount, isFresh: fc.constantFrom(true, true, false) }),
  ({ token, account, isFresh }, play) => {
    const page = isFresh ? play.fresh('p') : token;
    const signIn = signInOf({ token: page, call: page, account, now: play.now, expiresAt: play.now + 10 * MINUTE });
    return { of: (store) => store.openSignIn(signIn), heard: () => play.pages.unshift(page) };
  },
);

const pageOf = (which: number, play: Play): string => play.pages[which] ?? 'guessed';

/** Remembered browsers, web sign-ins and their tickets. */
export const SIGN_IN_STEPS: readonly fc.WeightedArbitrary<Step>[] = [
  { weight: 3, arbitrary: remembers },
  { weight: 6, arbitrary: recognises },
  {
    weight: 1,
    arbitrary: stepOf(
      'noteSignIn',
      fc.record({ id: DEVICES, authorised: fc.option(fc.record({ fingerprint: fc.constantFrom('one', 'another') })) }),
      (of, { now }) =>
        (store) =>
          store.noteSignIn({ ...of, now }),
    ),
  },
  { weight: 1, arbitrary: stepOf('devicesOf', anAccount, (account) => (store) => store.devicesOf(account)) },
  {
    weight: 1,
    arbitrary: stepOf(
      'revokeDevices',
      fc.record({ account: anAccount, id: fc.option(DEVICES), why: REVOKE }),
      ({ account, id, why }, { now }) =>
        (store) =>
          store.revokeDevices({ account, now, why, ...(id === null ? {} : { id }) }),
    ),
  },
  { weight: 3, arbitrary: opensOne },
  {
    weight: 3,
    arbitrary: stepOf(
      'visitSignIn',
      fc.record({ which: WHICH, browser: fc.constantFrom('mine', 'mine', 'another') }),
      ({ which, browser }, play) => {
        const [token, { now }] = [pageOf(which, play), play];
        return (store) => store.visitSignIn({ token, browser, locale: browser, now });
      },
    ),
  },
  {
    weight: 1,
    arbitrary: stepOf(
      'wishSignIn',
      fc.record({ which: WHICH, remember: fc.boolean() }),
      ({ which, remember }, play) => {
        const token = pageOf(which, play);
        return (store) => store.wishSignIn({ token, remember });
      },
    ),
  },
  {
    weight: 4,
    arbitrary: stepOf(
      'passSignIn',
      fc.record({ which: WHICH, ticket: TICKETS, byCode: fc.boolean() }),
      ({ which, ticket, byCode }, play) => {
        const ticketExpiresAt = play.now + MINUTE;
        const pass = passOf(pageOf(which, play), { ticket, byCode, now: play.now, ticketExpiresAt });
        return (store) => store.passSignIn(pass);
      },
    ),
  },
  {
    weight: 3,
    arbitrary: stepOf(
      'redeemTicket',
      TICKETS,
      (ticket, { now }) =>
        (store) =>
          store.redeemTicket({ ticket, now }),
    ),
  },
];
