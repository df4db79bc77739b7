import type { Method } from '../method.ts';
import type { Plan } from './render.ts';
import type { Task } from './tasks.ts';
import type { Listen, Utterance } from './verbs.ts';

/**
 * A call between two webhooks, as plain JSON. A callflow that links to another is a frame under it (XState's own
 * restore of nested machines loses their state).
 */
export interface Session {
  /** The library that the call began in; it finishes there, whatever is published meanwhile. */
  readonly revision: string;
  readonly frames: readonly Frame[];
  /** BCP 47; `set: { locale: ... }` and an input named `locale` write it, in any frame. */
  readonly locale: string;
  /** A call to one of TEST_NUMBERS: services use their test URLs (D16). */
  readonly test: boolean;
  /** The numbers of the call, as the platform gave them: who calls, where that is known, and what was dialled. */
  readonly lines?: readonly string[];
  /** Said by blocks that do not listen; spoken inside the next listening block, so that no early key is lost. */
  readonly unsaid: readonly Utterance[];
  /** Where the newest code came from, while a delivery report may still send the call back there. */
  readonly sender?: Sender;
}

/** The block that a code was sent by. */
export interface Sender {
  /** Index of its frame. */
  readonly frame: number;
  readonly block: string;
}

/** One run of one callflow. */
export interface Frame {
  readonly callflow: string;
  readonly block: string;
  readonly facts: Facts;
}

/** The machine's context. */
export interface Facts {
  readonly variables: Readonly<Record<string, string>>;
  /** No-inputs and no-matches in a row in the present block. */
  readonly silences: number;
  readonly wrongKeys: number;
  /**
   * Why the present block asks: `fresh` when the call has just come to it; `blank` and `wrong` when it has come back from
   * a code that was none, under the settings of the OTP nodes.
   */
  readonly asks: 'fresh' | 'silence' | 'wrong-key' | 'again' | 'blank' | 'wrong';
  /** Keys of a fixed-length entry that came too early for the timer: the rest is listened for in silence. */
  readonly partial: string;
  /** Variables that the last look-up set (G38); gone when the account changes. */
  readonly lookedUp: Readonly<Record<string, string>>;
  /** What the last look-up found, in the order callers hear it. */
  readonly found: readonly ContactMethod[];
  readonly chosen: string | null;
  /** Numbers that prompts may use: `left`, `sends`. */
  readonly tallies: Readonly<Record<string, number>>;
}

export interface ContactMethod {
  readonly method: Method;
  /** Canonical; empty for an authenticator. */
  readonly destination: string;
}

/** What the app keeps with a session: sealed, restored at the next webhook. */
export interface CallState {
  readonly session: Session;
  /** The nonce that the next webhook must carry; empty when none is expected. */
  readonly nonce: string;
  /** The turn whose reply issued that nonce. */
  readonly issuedBy: { readonly key: TurnKey; readonly entry: number };
  readonly waiting: Waiting;
  /** The first ErrorUrl that a fallback of this call named. */
  readonly fallbackUrl?: string;
  /** The last reply, where it played recordings: it can be said in words. */
  readonly recorded?: Plan;
  /** The platform could not play a recording: all is spoken from then on. */
  readonly inWords?: boolean;
}

export type Waiting =
  /**
   * `leftover`: the last turn ended by its number of keys, so a trailing `#` may fall into this one; then all of it is
   * asked again. Null otherwise.
   */
  | {
      readonly for: 'keys';
      readonly leftover: { readonly spoken: readonly Utterance[]; readonly listen: Listen } | null;
    }
  /** `since`: when the line was first held after the last question, milliseconds of the wall clock. */
  | { readonly for: 'task'; readonly id: string; readonly type: Task['type']; readonly since: number }
  /** Put through to a person, by a dial or a queue. */
  | { readonly for: 'dial'; readonly exit: { readonly callflow: string; readonly exit: string } }
  | { readonly for: 'nothing' };

/** How a task came out: the path its block takes, and what it found. */
export interface TaskResult {
  readonly path: string;
  /** Variables of the callflow that are set. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Variables that a look-up sets. */
  readonly lookedUp?: Readonly<Record<string, string>>;
  readonly found?: readonly ContactMethod[];
  readonly tallies?: Readonly<Record<string, number>>;
  /** Prompt names to say before going on, for example `on-its-way`. */
  readonly say?: string;
}

/** What makes a webhook the same as an earlier one. */
export type TurnKey =
  | { readonly kind: 'turn'; readonly nonce: string }
  /** `query` in its canonical order; the store adds the entry number. */
  | { readonly kind: 'start'; readonly callflow: string; readonly query: string }
  /** A fallback turn of this call, told apart by its ErrorUrl. */
  | { readonly kind: 'fallback'; readonly url: string };
