import type { Store } from '../../../core/contracts/store.ts';
import type { Vault } from '../vault.ts';
import { chargeLookup } from './lookups.ts';
import { accountLocked, openAccount, standingOf } from './accounts.ts';
import { chargeAttempt, refundAttempt } from './attempt.ts';
import { addAuthenticator, authenticatorsOf, confirmAuthenticator, revokeAuthenticator } from './authenticators.ts';
import { markEnded, phaseOf } from './calls.ts';
import { closeChallenge, openChallenge } from './challenges.ts';
import { devicesOf, noteSignIn, rememberDevice, revokeDevices } from './devices.ts';
import { claimAndAnswer } from './claim-and-answer.ts';
import { closeLive } from './close-live.ts';
import { endCodeCall, readCodeCall, stepCodeCall } from './code-calls.ts';
import { consumeChallenge } from './consume.ts';
import { auditOf, recentCalls } from './history.ts';
import { keepLibrary, readLibrary } from './libraries.ts';
import { change, type Run } from './operation.ts';
import { chargeNotice, noticeFailed } from './notices.ts';
import { recogniseDevice } from './recognise-device.ts';
import { closeUndelivered, reportFailed } from './reports.ts';
import { saveTurn } from './save-turn.ts';
import { chargeSend, refundSend } from './send.ts';
import { noteExemption, openSignIn, visitSignIn, wishSignIn } from './sign-ins.ts';
import { readCall } from './summary.ts';
import { countRows, sweep } from './sweep.ts';
import { finishTask, renewTask } from './tasks.ts';
import { passSignIn, redeemTicket } from './tickets.ts';

/** The store over any SQL database: `run` is its driver. */
export function sqlStore(vault: Vault, run: Run, close: () => Promise<void>): Store {
  return {
    claimTurn: (claim, atOnce) => run(() => claimAndAnswer(vault, claim, atOnce)),
    saveTurn: (save) => run(() => saveTurn(vault, save)),
    phaseOf: (call, now) => run(() => phaseOf(call, now)),
    finishTask: (task) => run(() => finishTask(vault, task)),
    renewTask: (task) => run(() => renewTask(vault, task)),
    chargeSend: (charge) => run(() => chargeSend(vault, charge)),
    chargeLookup: (charge) => run(() => chargeLookup(vault, charge)),
    refundSend: (key, now) => run(() => refundSend(vault, key, now)),
    openChallenge: (challenge) => run(() => openChallenge(vault, challenge)),
    closeChallenges: (call, now, why) => run(() => closeLive(call, now, why)),
    closeChallenge: (challenge) => run(() => closeChallenge(vault, challenge)),
    chargeAttempt: (charge) => run(() => chargeAttempt(vault, charge)),
    refundAttempt: (attempt) => run(() => refundAttempt(vault, attempt)),
    consumeChallenge: (consume) => run(() => consumeChallenge(vault, consume)),
    chargeNotice: (charge) => run(() => chargeNotice(vault, charge)),
    noticeFailed: (failure) => run(() => noticeFailed(vault, failure)),
    reportFailed: (report) => run(() => reportFailed(vault, report)),
    closeUndelivered: (call, now) => run(() => closeUndelivered(call, now)),
    readCodeCall: (token) => run(() => readCodeCall(vault, token)),
    stepCodeCall: (turn) => run(() => stepCodeCall(vault, turn)),
    endCodeCall: (call) => run(() => endCodeCall(vault, call)),
    addAuthenticator: (authenticator) => run(() => addAuthenticator(vault, authenticator)),
    authenticatorsOf: (account) => run(() => authenticatorsOf(vault, account)),
    confirmAuthenticator: (authenticator) => run(() => confirmAuthenticator(authenticator)),
    revokeAuthenticator: (id, now) => run(() => revokeAuthenticator(id, now)),
    rememberDevice: (device) => run(() => rememberDevice(vault, device)),
    recogniseDevice: (seen) => run(() => recogniseDevice(vault, seen)),
    noteSignIn: (note) => run(() => noteSignIn(vault, note)),
    devicesOf: (account) => run(() => devicesOf(vault, account)),
    revokeDevices: (revoke) => run(() => revokeDevices(vault, revoke)),
    openSignIn: (signIn) => run(() => openSignIn(vault, signIn)),
    noteExemption: (exemption) => run(() => noteExemption(vault, exemption)),
    visitSignIn: (visit) => run(() => visitSignIn(vault, visit)),
    wishSignIn: (wish) => run(() => wishSignIn(vault, wish)),
    passSignIn: (pass) => run(() => passSignIn(vault, pass)),
    redeemTicket: (redeem) => run(() => redeemTicket(vault, redeem)),
    accountLocked: (account, now) => run(() => accountLocked(vault, account, now)),
    standingOf: (account, now) => run(() => standingOf(vault, account, now)),
    openAccount: (account, now) => run(() => openAccount(vault, account, now)),
    keepLibrary: (library) => run(() => keepLibrary(vault, library)),
    readLibrary: (revision) => run(() => readLibrary(vault, revision)),
    endCall: (call, now, why) => run(() => markEnded(call, now, { why, codes: 'hang-up' })),
    readCall: (call) => run(() => readCall(call)),
    recentCalls: (asked) => run(() => recentCalls(asked)),
    auditOf: (call) => run(() => auditOf(call)),
    sweep: (now, retention) => sweep(run, now, retention),
    countRows: () => run(() => countRows()),
    ready: (now) =>
      run(() =>
        change(
          `INSERT INTO health (id, written_at) VALUES (1, ?)
           ON CONFLICT (id) DO UPDATE SET written_at = excluded.written_at`,
          now,
        ),
      ),
    close,
  };
}
