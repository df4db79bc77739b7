import type { Keyring } from '../../../core/contracts/keyring.ts';
import type { Store } from '../../../core/contracts/store.ts';
import { accountLocked, openAccount, standingOf } from './accounts.ts';
import { chargeAttempt, refundAttempt } from './attempt.ts';
import { addAuthenticator, authenticatorsOf, confirmAuthenticator, revokeAuthenticator } from './authenticators.ts';
import { chargeLookup } from './budgets.ts';
import { endCall, phaseOf } from './calls.ts';
import { closeChallenge, openChallenge } from './challenges.ts';
import { claimAndAnswer } from './claim-and-answer.ts';
import { closeLive } from './close-live.ts';
import { devicesOf, noteSignIn, rememberDevice, revokeDevices } from './devices.ts';
import { endCodeCall, readCodeCall, stepCodeCall } from './code-calls.ts';
import { consumeChallenge } from './consume.ts';
import { auditOf, recentCalls } from './history.ts';
import { keepLibrary, readLibrary } from './libraries.ts';
import type { Memory } from './memory.ts';
import { chargeNotice, noticeFailed } from './notices.ts';
import { recogniseDevice } from './recognise-device.ts';
import { closeUndelivered, reportFailed } from './reports.ts';
import { saveTurn } from './save-turn.ts';
import { chargeSend, refundSend } from './send.ts';
import { noteExemption, openSignIn, passSignIn, redeemTicket, visitSignIn, wishSignIn } from './sign-ins.ts';
import { summaryOf } from './summary.ts';
import { countRows, sweep } from './sweep.ts';
import { finishTask, renewTask } from './tasks.ts';

/** Runs an operation at once, or rejects. */
interface Driver {
  readonly run: <T>(operation: () => T) => Promise<T>;
  readonly close: () => Promise<void>;
}

export function memoryStore(memory: Memory, keyring: Keyring, { run, close }: Driver): Store {
  const callOf = (call: string) => memory.calls.get(call);
  return {
    claimTurn: (claim, atOnce) => run(() => claimAndAnswer(memory, claim, atOnce)),
    saveTurn: (save) => run(() => saveTurn(memory, save)),
    phaseOf: (call, now) => run(() => phaseOf(memory, call, now)),
    finishTask: (task) => run(() => finishTask(memory, task)),
    renewTask: (task) => run(() => renewTask(memory, task)),
    chargeSend: (charge) => run(() => chargeSend(memory, charge)),
    chargeLookup: (charge) => run(() => chargeLookup(memory, charge)),
    refundSend: (key) => run(() => refundSend(memory, key)),
    openChallenge: (challenge) => run(() => openChallenge(memory, challenge)),
    closeChallenges: (call, _now, why) => run(() => closeLive(callOf(call), why)),
    closeChallenge: ({ call, id, why }) => run(() => closeChallenge(callOf(call), id, why)),
    chargeAttempt: (charge) => run(() => chargeAttempt(memory, charge)),
    refundAttempt: (attempt) => run(() => refundAttempt(memory, attempt)),
    consumeChallenge: (consume) => run(() => consumeChallenge(memory, consume)),
    chargeNotice: (charge) => run(() => chargeNotice(memory, charge)),
    noticeFailed: (failure) => run(() => noticeFailed(memory, failure)),
    reportFailed: (report) => run(() => reportFailed(memory, report)),
    closeUndelivered: (call) => run(() => closeUndelivered(callOf(call))),
    readCodeCall: (token) => run(() => readCodeCall(memory, token)),
    stepCodeCall: (turn) => run(() => stepCodeCall(memory, turn)),
    endCodeCall: (call) => run(() => endCodeCall(memory, call)),
    addAuthenticator: (authenticator) => run(() => addAuthenticator(memory, authenticator)),
    authenticatorsOf: (account) => run(() => authenticatorsOf(memory, account)),
    confirmAuthenticator: (authenticator) => run(() => confirmAuthenticator(memory, authenticator)),
    revokeAuthenticator: (id, now) => run(() => revokeAuthenticator(memory, id, now)),
    rememberDevice: (device) => run(() => rememberDevice(memory, device)),
    recogniseDevice: (seen) => run(() => recogniseDevice(memory, seen)),
    noteSignIn: (note) => run(() => noteSignIn(memory, note)),
    devicesOf: (account) => run(() => devicesOf(memory, account)),
    revokeDevices: (revoke) => run(() => revokeDevices(memory, revoke)),
    openSignIn: (signIn) => run(() => openSignIn(memory, signIn)),
    noteExemption: (exemption) => run(() => noteExemption(memory, exemption)),
    visitSignIn: (visit) => run(() => visitSignIn(memory, visit)),
    wishSignIn: (wish) => run(() => wishSignIn(memory, wish)),
    passSignIn: (pass) => run(() => passSignIn(memory, pass)),
    redeemTicket: (redeem) => run(() => redeemTicket(memory, redeem)),
    accountLocked: (account, now) => run(() => accountLocked(memory, account, now)),
    standingOf: (account, now) => run(() => standingOf(memory, account, now)),
    openAccount: (account, now) => run(() => openAccount(memory, account, now)),
    keepLibrary: (library) => run(() => keepLibrary(memory, library)),
    readLibrary: (revision) => run(() => readLibrary(memory, revision)),
    endCall: (call, now, why) => run(() => endCall(memory, callOf(call), { now, why, codes: 'hang-up' })),
    readCall: (id) =>
      run(() => {
        const call = callOf(id);
        return call ? summaryOf(call, keyring) : null;
      }),
    recentCalls: (asked) => run(() => recentCalls(memory, asked)),
    auditOf: (call) => run(() => auditOf(memory, call)),
    sweep: (now, retention) => run(() => sweep(memory, now, retention)),
    countRows: () => run(() => countRows(memory)),
    ready: () => run(() => undefined),
    close,
  };
}
