import type { Task } from '../call/tasks.ts';
import type { Method } from '../method.ts';

/**
 * Tells operators, by numbers and traces, what goes on. All words in it are ours or the library's, but for the CallSid,
 * which goes into traces only: nothing else that a request brought, never a code, number, address or account.
 */
export interface Telemetry {
  /** Never throws. */
  count(happening: Happening): void;
  /** Does a piece of work, and tells how long it took and what was noted meanwhile. Answers and rejects as `act` does. */
  during<T>(work: Work, act: (note: Note) => Promise<T>): Promise<T>;
}

/** Says more about a piece of work; of two words about one thing the later counts. */
export type Note = (facts: Facts) => void;

export interface Facts {
  /** A CallSid that was not known when the work began; for traces only. */
  readonly call?: string;
  readonly outcome?: string;
  readonly callflow?: string;
  readonly block?: string;
  readonly exit?: string;
}

/** What metrics and logs call a dependency: addresses are not in it. */
export const DEPENDENCIES = ['email', 'text messages', 'Twilio', 'web service'] as const;
export type DependencyKind = (typeof DEPENDENCIES)[number];

/** By whom a turn was asked for. `code-call`: a call that tells a code. */
export type TurnChannel = 'voice' | 'web' | 'code-call';

export type Work =
  | {
      readonly kind: 'turn';
      readonly channel: TurnChannel;
      /** Empty where none is known. */
      readonly call: string;
      /** W3C `traceparent` of the request; empty where it has none. */
      readonly parent: string;
    }
  /** `service`: the callflow's name of the web service. */
  | { readonly kind: 'task'; readonly task: Task['type']; readonly service?: string }
  /** A message to a dependency and its answer. Outcomes: `answered`, `failed`, `refused` (it was never asked). */
  | { readonly kind: 'exchange'; readonly dependency: DependencyKind }
  /** An operation of the store; one that rejects has failed. */
  | { readonly kind: 'store'; readonly operation: string };

export type Happening =
  /** A call left its callflow. */
  | { readonly kind: 'exit'; readonly callflow: string; readonly exit: string }
  /** A code was sent, could not be sent, or was not to be sent. */
  | { readonly kind: 'send'; readonly method: Method; readonly outcome: string }
  /** A delivery report said that a code has not arrived. */
  | { readonly kind: 'undelivered'; readonly method: Method }
  | { readonly kind: 'attempt'; readonly outcome: string }
  /** Wrong codes have locked an account. */
  | { readonly kind: 'lock' }
  /** So many more tasks outlast their turn. */
  | { readonly kind: 'held'; readonly more: 1 | -1 }
  | { readonly kind: 'circuit'; readonly dependency: DependencyKind; readonly open: boolean }
  /** A request that nobody had signed was refused. */
  | { readonly kind: 'unsigned' }
  | { readonly kind: 'sign-in'; readonly outcome: SignInOutcome }
  | { readonly kind: 'sweep'; readonly outcome: 'done' | 'failed' };

/**
 * How a web sign-in went on: a code was asked for, or none was needed; its user has passed on the page; the platform has
 * redeemed the ticket, or brought one that was worth nothing; somebody else than the platform asked; ours has failed.
 */
export type SignInOutcome =
  | 'code-asked'
  | 'no-code-needed'
  | 'passed'
  | 'redeemed'
  | 'ticket-refused'
  | 'stranger'
  | 'failed';

/** Tells nobody. */
export const silent: Telemetry = { count: () => {}, during: (_work, act) => act(() => {}) };
