import type { TaskResult } from '../call/session.ts';
import type { Method } from '../method.ts';
import type { AccountStanding } from '../verification/lock.ts';
import type { AuthenticatorStore } from './authenticators.ts';
import type { CodeCallStore } from './code-calls.ts';
import type {
  AttemptCharge,
  AttemptCharged,
  ChargeKey,
  CloseReason,
  Consume,
  Consumed,
  LookupCharge,
  NewChallenge,
  SendCharge,
  SendCharged,
} from './codes.ts';
import type { DeviceStore } from './devices.ts';
import type { HistoryStore } from './history.ts';
import type { LibraryStore } from './libraries.ts';
import type { ReportStore } from './reports.ts';
import type { NoticeStore } from './notices.ts';
import type { SignInStore } from './sign-ins.ts';
import type { AtOnce, CallPhase, Claimed, Saved, TurnClaim, TurnSave } from './turns.ts';

/**
 * Keeps everything that must outlive a process. A promise resolves only after its change is durable; every failure
 * rejects, and callers treat a rejection as "deny".
 */
export interface Store
  extends
    AuthenticatorStore,
    CodeCallStore,
    DeviceStore,
    HistoryStore,
    LibraryStore,
    NoticeStore,
    ReportStore,
    SignInStore {
  /** A fresh turn that `atOnce` has an answer to is saved with its claim. */
  claimTurn(claim: TurnClaim, atOnce?: AtOnce): Promise<Claimed>;
  /** Stores the reply, completes the claim and moves the call on, all or nothing. */
  saveTurn(save: TurnSave): Promise<Saved>;
  /** The phase of a call; null when the CallSid is unknown. */
  phaseOf(call: string, now: number): Promise<CallPhase | null>;

  /** Keeps the result of a held task; false when it was dropped or the call is over. */
  finishTask(task: {
    readonly call: string;
    readonly id: string;
    readonly now: number;
    readonly result: TaskResult;
  }): Promise<boolean>;
  /** Says that a held task's process lives. */
  renewTask(task: { readonly call: string; readonly id: string; readonly leaseUntil: number }): Promise<void>;

  chargeSend(charge: SendCharge): Promise<SendCharged>;
  /** Counts an account that a caller asks about; false where it is one too many, and nothing is counted. */
  chargeLookup(charge: LookupCharge): Promise<boolean>;
  /** Gives the budgets back, never the call's own count: the connection was never accepted. Once per key. */
  refundSend(key: ChargeKey, now: number): Promise<void>;
  /** Opens a challenge and closes the earlier ones of the call. */
  openChallenge(challenge: NewChallenge): Promise<void>;
  /** Closes the live codes of a call. */
  closeChallenges(call: string, now: number, why: CloseReason): Promise<void>;
  /** Closes this one code, if it lives; a newer one of the call is left alone. */
  closeChallenge(challenge: {
    readonly call: string;
    readonly id: string;
    readonly now: number;
    readonly why: CloseReason;
  }): Promise<void>;
  /**
   * Charges first: one statement decides and counts. What locks the account revokes its devices and voids its tickets
   * with it (security.md 7).
   */
  chargeAttempt(charge: AttemptCharge): Promise<AttemptCharged>;
  /** Writes the grant, clears the failures and uses the proof up, all or nothing. */
  consumeChallenge(consume: Consume): Promise<Consumed>;
  /**
   * Takes an attempt back that nobody judged, the account's failure with it. Once: a later charge of the key counts anew.
   * False where it stays used: of one account only so many are taken back (`TAKEN_BACK`).
   */
  refundAttempt(attempt: AttemptCharge): Promise<boolean>;
  accountLocked(account: string, now: number): Promise<boolean>;
  /** What counts against an account. A failure that lies ahead of `now` is kept as one of now. */
  standingOf(account: string, now: number): Promise<AccountStanding>;
  /** Forgets what counts against an account, as an operator says; answers with what it was. Codes stay as they are. */
  openAccount(account: string, now: number): Promise<AccountStanding>;

  /** Ends a call for good and voids its codes. Any repeat changes nothing. */
  endCall(call: string, now: number, why: string): Promise<void>;
  /** What may be shown of a call; null when unknown. */
  readCall(call: string): Promise<CallSummary | null>;
  /**
   * Ends calls without a webhook for 4 h; removes what is past its retention, and libraries that were not kept for an
   * hour and that no call stands in which can still be asked for. The one kept last stays. Answers with what it removed.
   */
  sweep(now: number, retention: Retention): Promise<Rows>;
  /** How much of everything is kept. */
  countRows(): Promise<Rows>;
  /** Rejects when a write cannot be made durable. */
  ready(now: number): Promise<void>;
  close(): Promise<void>;
}

export interface Retention {
  /** Of the audit trail and the names of ended calls, milliseconds. */
  readonly auditMs: number;
  /** Of what a repeated webhook of an ended call could ask for, milliseconds; 24 hours where it is not given. */
  readonly repliesMs?: number;
}

/** What a store keeps rows of. */
export const KEPT = [
  'calls',
  'turns',
  'tasks',
  'charges',
  'challenges',
  'code_calls',
  'grants',
  'audit',
  'budgets',
  'authenticators',
  'libraries',
  'devices',
  'device_tokens',
  'sign_ins',
] as const;
export type Rows = Readonly<Record<(typeof KEPT)[number], number>>;

export interface CallSummary {
  readonly call: string;
  readonly phase: CallPhase;
  readonly callflow: string;
  readonly revision: string;
  readonly block: string;
  readonly exit: string | null;
  readonly entries: number;
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly grants: number;
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly challenges: readonly {
    readonly method: Method;
    readonly masked: string;
    readonly issuedAt: number;
    readonly attempts: number;
    /** Keyed hash of the report token (`Keyring.mac('report', [token])`). */
    readonly report: string;
  }[];
}
