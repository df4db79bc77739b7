import type { AuditEvent } from '../../../core/contracts/audit.ts';
import type { Authenticator } from '../../../core/contracts/authenticators.ts';
import type { CodeCall } from '../../../core/contracts/code-calls.ts';
import type { AttemptCharged, CloseReason, NewChallenge, SendCharged } from '../../../core/contracts/codes.ts';
import type { NoticeCharged } from '../../../core/contracts/notices.ts';
import type { CallPhase, CallUpdate, Reply } from '../../../core/contracts/turns.ts';
import type { LibraryTexts } from '../../../core/callflow/library.ts';
import type { Incoming } from '../../../core/call/input.ts';
import type { CallState, TaskResult } from '../../../core/call/session.ts';
import type { CodeCallStep } from '../../../core/verification/code-call.ts';
import type { AccountStanding } from '../../../core/verification/lock.ts';
import type { KeptDevice, KeptSignIn, KeptToken } from './kept-sign-ins.ts';

/** Everything a store in memory keeps. What the SQL stores hash or seal stands here as it is: it never leaves the process. */
export interface Memory {
  /** By CallSid. */
  readonly calls: Map<string, Call>;
  /** By account. */
  readonly accounts: Map<string, AccountStanding>;
  /** By what tells the budget from others; then by the number of the bucket. */
  readonly budgets: Map<string, Map<number, Bucket>>;
  /** By token. */
  readonly codeCalls: Map<string, KeptCodeCall>;
  /** By id, in the order they were added. */
  readonly authenticators: Map<string, Owned>;
  /** By revision. */
  readonly libraries: Map<string, KeptLibrary>;
  /** By id. */
  readonly devices: Map<string, KeptDevice>;
  /** By token. */
  readonly deviceTokens: Map<string, KeptToken>;
  /** By token. */
  readonly signIns: Map<string, KeptSignIn>;
  /** Oldest first; another list after each sweep. */
  audit: AuditLine[];
  /** When the last sweep was; null before the first. */
  sweptAt: number | null;
}

export interface AuditLine extends AuditEvent {
  /** Empty where an operator did it. */
  readonly call: string;
}

/** One call, with everything that a purge of it removes. Times are milliseconds of the wall clock. */
export interface Call {
  readonly id: string;
  phase: CallPhase;
  entry: number;
  turns: number;
  sends: number;
  attempts: number;
  place: CallUpdate['place'];
  readonly startedAt: number;
  lastSeenAt: number;
  endedAt: number | null;
  isPurged: boolean;
  state: CallState | null;
  /** Accounts. Another list after each grant: whoever has read it keeps what was true then. */
  grants: readonly string[];
  /** By `turnName`. */
  readonly claims: Map<string, Turn>;
  readonly tasks: Map<string, KeptTask>;
  readonly charges: Charges;
  /** Oldest first. */
  readonly challenges: Challenge[];
}

export interface Turn {
  readonly entry: number;
  readonly input: Incoming;
  reply: Reply | null;
  holder: string;
  leaseUntil: number;
}

export interface KeptTask {
  readonly id: string;
  /** How many turns the call had when it was held. */
  readonly turn: number;
  readonly startedAt: number;
  state: 'running' | 'done' | 'dropped';
  leaseUntil: number;
  result: TaskResult | null;
}

/** What each key was answered, by `chargeName`. */
export interface Charges {
  readonly sends: Map<string, Spending<SendCharged>>;
  readonly attempts: Map<string, AttemptCharged>;
  readonly notices: Map<string, Spending<NoticeCharged>>;
}

export interface Spending<Answer> {
  readonly answer: Answer;
  readonly spent: readonly Spent[];
  isRefunded: boolean;
}

/** Where one send was counted; a refund gives it back there. */
export interface Spent {
  readonly name: string;
  readonly bucket: number;
}

export interface Bucket {
  used: number;
  /** When it counts no more. */
  readonly pastAt: number;
}

export interface Challenge {
  readonly issued: NewChallenge;
  /** Of the code that counts now: a call that tells codes puts another in its place. */
  mac: string;
  attempts: number;
  /** The `chargeName` that used it up. */
  usedBy: string | null;
  closedWhy: CloseReason | null;
  /** A delivery report said that it did not arrive. */
  isReported: boolean;
}

export interface KeptCodeCall extends CodeCall {
  readonly steps: CodeCallStep[];
  isEnded: boolean;
}

/** An authenticator and whose it is. */
export interface Owned {
  readonly account: string;
  authenticator: Authenticator;
}

export interface KeptLibrary {
  readonly texts: LibraryTexts;
  keptAt: number;
}

export function emptyMemory(): Memory {
  return {
    calls: new Map(),
    accounts: new Map(),
    budgets: new Map(),
    codeCalls: new Map(),
    authenticators: new Map(),
    libraries: new Map(),
    devices: new Map(),
    deviceTokens: new Map(),
    signIns: new Map(),
    audit: [],
    sweptAt: null,
  };
}
