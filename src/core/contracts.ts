/**
 * What the app needs of the outside. Each contract has one folder of implementations under `adapters/` and one suite
 * under `test/contracts/` that every implementation passes. All times are milliseconds of the wall clock (`now`).
 */
import type { CallState, TaskResult, TurnKey } from './call/session.ts';
import type { Incoming } from './call/input.ts';
import type { HandedOverBy, HandOver } from './call/way.ts';
import type { CodeCallStore, CodeToTell } from './code-call-store.ts';
import type { AuthenticatorProof, AuthenticatorStore } from './authenticator-store.ts';
import type { LibraryStore } from './library-store.ts';
import type { Method } from './method.ts';
import type { ReportStore } from './report-store.ts';

/** What a webhook is answered with, kept byte for byte for repeats. */
export interface Reply {
  readonly type: string;
  readonly body: string;
}

// ---------------------------------------------------------------------------------------------------------- turns

export interface TurnClaim {
  readonly call: string;
  readonly key: TurnKey;
  /** What was heard; sealed with the claim, and handed back to whoever takes the claim over. */
  readonly input: Incoming;
  /** Random name of this handling; only the present holder can save the turn. */
  readonly holder: string;
  readonly now: number;
  /** How long the claim holds before another request may take it over. */
  readonly lease: number;
  /** Only answer for a turn that is saved or claimed already; never make a claim of a fresh one (fallback). */
  readonly onlyKnown?: boolean;
}

/** Protocol: the first row that fits. */
export type Claimed =
  /** CallSid or nonce unknown. */
  | { readonly kind: 'unknown' }
  | { readonly kind: 'saved'; readonly reply: Reply }
  /** In flight, here or on another instance: ask again shortly. */
  | { readonly kind: 'busy' }
  | { readonly kind: 'ended' }
  /** A Redirect back to a question that still stands: the reply that asked it. */
  | { readonly kind: 'again'; readonly reply: Reply }
  /** A start of an entry that is further on: where the call is now. */
  | { readonly kind: 'moved'; readonly nonce: string }
  /** With `onlyKnown`: the nonce is the current one and nobody has claimed it. */
  | { readonly kind: 'unclaimed' }
  | ClaimWon;

export interface ClaimWon {
  readonly kind: 'won';
  /** Absent for a start that opens a new call. */
  readonly call: StoredCall | null;
  /** The entry this turn belongs to, from 1. */
  readonly entry: number;
  /** The input of the claim; on a take-over, of the first claim. */
  readonly input: Incoming;
  /** The process that claimed this turn first has died: a send that was charged is not repeated. */
  readonly takenOver: boolean;
  /** The task the call waits for, if it does. */
  readonly task: HeldTask | null;
  /** Whether this call holds a grant for the (canonical) account. */
  readonly verified: (account: string) => boolean;
  /** Whether the newest code of this call is one for the (canonical) account, lives, and was reported as failed. */
  readonly undelivered: (account: string) => boolean;
}

export interface StoredCall {
  readonly phase: CallPhase;
  readonly entry: number;
  /** Turns saved so far; the compare-and-set of `saveTurn`. */
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly state: CallState;
}

/** `away`: the last entry left by a redirect, and a later start may open another entry of the same call. */
export type CallPhase = 'active' | 'away' | 'ended';

export interface HeldTask {
  readonly id: string;
  /** `lost`: the process that ran it died (its lease ran out). */
  readonly state: 'running' | 'done' | 'lost';
  readonly startedAt: number;
  readonly result: TaskResult | null;
}

export interface TurnSave {
  readonly call: string;
  readonly key: TurnKey;
  readonly holder: string;
  readonly now: number;
  readonly reply: Reply;
  /** Absent: keep the reply only. */
  readonly update?: CallUpdate;
}

export interface CallUpdate {
  readonly phase: CallPhase;
  readonly entry: number;
  /** `StoredCall.turns` as claimed; 0 for a new call. */
  readonly turns: number;
  readonly state: CallState;
  /** The plain columns: where the call is, for operators. */
  readonly place: {
    readonly callflow: string;
    readonly revision: string;
    readonly block: string;
    readonly exit: string | null;
  };
  /** A task that goes on after this reply. */
  readonly held?: {
    readonly id: string;
    readonly type: string;
    readonly startedAt: number;
    readonly leaseUntil: number;
  };
  /** A held task whose result, should it still come, is dropped and whose code is closed. */
  readonly dropped?: string;
  readonly audit: readonly AuditEvent[];
}

export type Saved =
  | { readonly kind: 'saved' }
  /** Another holder has this turn now; its reply, once there is one, is the reply. */
  | { readonly kind: 'lost' }
  /** The call went on by another request meanwhile (a new entry): nothing was saved. */
  | { readonly kind: 'moved'; readonly nonce: string };

/** One line of the audit trail. Only plain words, masks and counts: `account` is stored as a keyed hash. */
export interface AuditEvent {
  readonly kind: 'start' | 'send' | 'report' | 'attempt' | 'lock' | 'grant' | 'exit' | 'end' | 'enrolment';
  readonly at: number;
  readonly account?: string;
  readonly method?: Method;
  readonly masked?: string;
  readonly detail?: string;
}

// ------------------------------------------------------------------------------------------------ charges and codes

/**
 * `(call, nonce, n)`: n is the ordinal of the task in its turn (`2`, for nbest candidates `2.1`). The same key acts
 * once and answers the same again, also after a crash.
 */
export interface ChargeKey {
  readonly call: string;
  readonly turn: TurnKey;
  readonly entry: number;
  readonly n: string;
}

/** So many sends within a time, for one destination, account, prefix and so on. */
export interface Budget {
  readonly name: string;
  /** Stored as a keyed hash. */
  readonly value: string;
  readonly most: number;
  readonly within: number;
}

export interface SendCharge {
  readonly key: ChargeKey;
  readonly now: number;
  /** Canonical account id. */
  readonly account: string;
  readonly method: Method;
  readonly destination: string;
  readonly masked: string;
  /** Sends per call, all entries together; 0 means none. */
  readonly most: number;
  /** A live code of this call, account, method and destination, younger than this and not tried yet, is not replaced. */
  readonly spacing: number;
  readonly budgets: readonly Budget[];
}

/** In this order where several fit: locked, too-soon, too-many, over-budget. */
export type SendCharged =
  | { readonly kind: 'charged'; readonly sends: number }
  /** This very key was charged before: the effect may have happened, and is not repeated. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'locked' }
  | { readonly kind: 'too-soon' }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'over-budget'; readonly budget: string };

/** One issued code. `account` and `destination` are stored as keyed hashes, the code only as `mac`. */
export interface NewChallenge {
  readonly id: string;
  readonly call: string;
  readonly account: string;
  readonly method: Method;
  readonly destination: string;
  readonly masked: string;
  readonly mac: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** Attempts allowed; 0 means none. */
  readonly attempts: number;
  /** The token that delivery reports of this send come under, 128 bits. */
  readonly report: string;
  /** For a code that a call under this token makes and tells later; `mac` is empty until then. */
  readonly tells?: CodeToTell;
}

/** Why a code was closed, for operators. After `attempts`, later attempts answer `too-many`; after all others, `finished`. */
export type CloseReason =
  | 'attempts'
  | 'expired'
  | 'wrong'
  | 'locked'
  | 'newer'
  | 'send-failed'
  | 'undelivered'
  | 'account-changed'
  | 'abandoned'
  | 'dropped'
  | 'exit'
  | 'ended'
  | 'hang-up'
  | 'silent';

/** What an attempt is compared with. */
export interface LiveChallenge {
  readonly id: string;
  readonly method: Method;
  readonly mac: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

export interface AttemptCharge {
  readonly key: ChargeKey;
  readonly now: number;
  readonly account: string;
}

export type AttemptCharged =
  | {
      readonly kind: 'charged';
      readonly challenge: LiveChallenge;
      /** This attempt's number against this code, from 1. */
      readonly attempt: number;
      readonly most: number;
      /** Failures of the account in a row, this attempt counted as one until it proves right. */
      readonly failures: number;
    }
  /** No live code for this account in this call, or its time is over (it is closed then): no attempt is used. */
  | { readonly kind: 'finished' }
  | { readonly kind: 'too-many' | 'locked' }
  /** This very key has used the code up already: it was right, and is not to be judged again. */
  | { readonly kind: 'granted' };

export interface Consume {
  readonly key: ChargeKey;
  readonly now: number;
  readonly challenge: string;
  readonly account: string;
  /** As the charge of the same key answered. */
  readonly failures: number;
  /** After this time the result would be dropped, so nothing is granted. */
  readonly deadline: number;
  /** What an authenticator's code proved; its step is used up with the grant. */
  readonly proof?: AuthenticatorProof;
}

export type Consumed =
  /** To exactly one key, ever, and again to that key. */
  | { readonly kind: 'granted' }
  /** The proof does not count any more: its step or a later one was accepted before, or its authenticator is revoked. */
  | { readonly kind: 'replayed' }
  | { readonly kind: 'refused' };

// ------------------------------------------------------------------------------------------------------------ store

/**
 * Keeps everything that must outlive a process. A promise resolves only after its change is durable; every failure
 * rejects, and callers treat a rejection as "deny".
 */
export interface Store extends AuthenticatorStore, CodeCallStore, LibraryStore, ReportStore {
  claimTurn(claim: TurnClaim): Promise<Claimed>;
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
  /** Charges first: one statement decides and counts. */
  chargeAttempt(charge: AttemptCharge): Promise<AttemptCharged>;
  /** Writes the grant, clears the failures and uses the proof up, all or nothing. */
  consumeChallenge(consume: Consume): Promise<Consumed>;
  /**
   * Takes an attempt back that nobody judged, the account's failure with it. Once: a later charge of the key counts anew.
   * False where it stays used: of one account only so many are taken back (`TAKEN_BACK`).
   */
  refundAttempt(attempt: AttemptCharge): Promise<boolean>;
  accountLocked(account: string, now: number): Promise<boolean>;

  /** Ends a call for good and voids its codes. Any repeat changes nothing. */
  endCall(call: string, now: number, why: string): Promise<void>;
  /** What may be shown of a call; null when unknown. */
  readCall(call: string): Promise<CallSummary | null>;
  /**
   * Ends calls without a webhook for 4 h; removes what is past its retention, and libraries that were not kept for an
   * hour and that no call stands in which can still be asked for. The one kept last stays.
   */
  sweep(now: number, retention: { readonly auditMs: number }): Promise<void>;
  /** Rejects when a write cannot be made durable. */
  ready(now: number): Promise<void>;
  close(): Promise<void>;
}

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

/** Keyed hashes under a key that lives as long as the store. */
export interface Keyring {
  /** base64url HMAC-SHA-256 under a key of its own for each purpose; the parts cannot run into each other. */
  mac(purpose: string, parts: readonly string[]): string;
}

// --------------------------------------------------------------------------------------------------------- delivery

export interface Message {
  readonly to: string;
  readonly from: string;
  /** Email only. */
  readonly subject?: string;
  readonly text: string;
  /** Email only: the same as HTML, for readers that show it. */
  readonly html?: string;
  /** Token for delivery reports, 128 bits. */
  readonly report: string;
}

/**
 * How a delivery went; the path of `send-code` has the same name. `sent`: the other side has accepted the message, never
 * before. `unreachable`: later, or another way, it may work. `rejected`: this message was refused. `error`: it cannot
 * be sent like this, a matter of settings or of the destination.
 */
export type Delivered =
  | { readonly outcome: 'sent' }
  | {
      readonly outcome: 'unreachable' | 'rejected' | 'error';
      /** Whether a connection was ever accepted, so that the message may have arrived; where not, budgets are given back. */
      readonly accepted: boolean;
      /** For the log: no address, number or code in it. */
      readonly reason: string;
    };

/**
 * Sends messages by one method. It is asked once for each and never sends again by itself: a message whose answer was
 * lost may have arrived. It keeps a deadline of its own, logs nothing and keeps nothing: the text holds the code. How to
 * add one stands in docs/operators.md.
 */
export interface Delivery {
  readonly method: Method;
  /**
   * The destination in the one spelling that counts, or null when a code may not be sent there. `lines`: the numbers of
   * the call that asks, as the platform gives them.
   */
  canonical(destination: string, lines?: readonly string[]): string | null;
  /** Never rejects: every failure is an outcome. */
  deliver(message: Message): Promise<Delivered>;
}

/** Everything a code is good for; it fails for anything else. */
export interface CodeBinding {
  readonly challenge: string;
  readonly call: string;
  readonly account: string;
  readonly method: Method;
}

// ------------------------------------------------------------------------------------------------------ web service

/** A parsed answer: elements only, texts joined and trimmed. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

export interface ServiceRequest {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly parameters: Readonly<Record<string, string>>;
  /** Deadline of the whole exchange, milliseconds. */
  readonly timeout: number;
}

export type ServiceAnswer =
  | { readonly kind: 'answer'; readonly root: XmlElement }
  /** Transport error, HTTP status, size, invalid XML ...: for the log, without values. */
  | { readonly kind: 'failed'; readonly reason: string };

export interface WebService {
  call(request: ServiceRequest): Promise<ServiceAnswer>;
}

// -------------------------------------------------------------------------------------------------- other applications

/** Makes the address by which a call is handed over to another application, and what proves to it who did. */
export interface Handover {
  address(over: HandOver, from: HandedOverBy): Promise<string>;
}

// ------------------------------------------------------------------------------------------------ time and randomness

export interface Clock {
  /** Wall clock, milliseconds. */
  now(): number;
  /** A clock that is never set back, milliseconds. */
  monotonic(): number;
}

export interface Random {
  /** 128 bits, base64url. */
  token(): string;
}
