import type { Incoming } from '../call/input.ts';
import type { CallState, TaskResult, TurnKey } from '../call/session.ts';
import type { AuditEvent } from './audit.ts';

/** What a webhook is answered with, kept byte for byte for repeats. */
export interface Reply {
  readonly type: string;
  readonly body: string;
}

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
  /** Won, and answered by `AtOnce`: claim and turn are saved together. */
  | { readonly kind: 'answered'; readonly reply: Reply; readonly update: CallUpdate }
  | ClaimWon;

/**
 * What a turn that was just won comes to, where nothing outside the store is asked or told for it; null where something is:
 * then it is claimed first and saved later. It has no effect and never throws, for a store may ask it again.
 */
export type AtOnce = (won: ClaimWon) => { readonly reply: Reply; readonly update: CallUpdate } | null;

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
