import type { Clock, Random } from '../core/contracts/clock.ts';
import type { Budget } from '../core/contracts/codes.ts';
import type { Delivery } from '../core/contracts/delivery.ts';
import type { Handover } from '../core/contracts/handover.ts';
import type { Telemetry } from '../core/contracts/telemetry.ts';
import type { Store } from '../core/contracts/store.ts';
import type { Reply } from '../core/contracts/turns.ts';
import type { WebService } from '../core/contracts/web-service.ts';
import type { CodeMaker, CodeProvider } from '../core/contracts/code-provider.ts';
import type { LoadedLibrary } from '../core/callflow/library.ts';
import type { Method } from '../core/method.ts';
import type { PathTaken } from '../core/call/world.ts';
import type { Links } from '../core/call/render.ts';
import type { Verb } from '../core/call/verbs.ts';

/** Everything a turn needs of the outside, chosen by the composition root. */
export interface Parts {
  readonly store: Store;
  readonly libraries: Libraries;
  readonly clock: Clock;
  readonly random: Random;
  /** Where codes come from, for a call in this library. */
  readonly providers: (library: LoadedLibrary) => Providers;
  readonly webService: WebService;
  readonly handover: Handover;
  readonly links: Links;
  /** Writes a document for the platform. */
  readonly write: (verbs: readonly Verb[]) => Reply;
  /** The budgets that a send is charged to. */
  readonly budgets: (send: { readonly account: string; readonly destination: string }) => readonly Budget[];
  /** The budgets that a notice of a lock is charged to, by where it goes. */
  readonly noticeBudgets: (destination: string) => readonly Budget[];
  /** The budgets that a caller's look-ups of accounts are charged to. */
  readonly lookups: (caller: string) => readonly Budget[];
  readonly log: Log;
  readonly telemetry: Telemetry;
  /** Hears of every path that a call takes. */
  readonly took?: (call: string) => (taken: PathTaken) => void;
}

/** Where codes come from (`providerOf` chooses). */
export interface Providers {
  readonly internal: CodeMaker;
  readonly external: CodeProvider;
  readonly authenticator: CodeProvider;
  /** How messages without a code go out; a method that is missing cannot be sent by. */
  readonly deliveries: ReadonlyMap<Method, Delivery>;
}

/** The libraries that calls are in: each finishes in the one that it began in. */
export interface Libraries {
  /** What the next start begins in. */
  readonly newest: LoadedLibrary;
  /** Undefined where it is not kept, or cannot be loaded any more; never rejects. */
  of(revision: string): Promise<LoadedLibrary | undefined>;
}

/** Structured log lines. Fields are plain words, masks, counts and CallSids: never digits, codes or addresses. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
