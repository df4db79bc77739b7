import type { Flow } from '../callflow/compile.ts';
import type { Wordings } from './prompts.ts';

/** Callflows that fit together, and what all of them share. A call runs in one library from its start to its end. */
export interface Library {
  /** Names all the texts that it was loaded from. */
  readonly revision: string;
  flow(callflow: string): Flow | undefined;
  /** The prompts that every locale has, by locale. */
  readonly standard: ReadonlyMap<string, Wordings>;
  readonly defaultLocale: string;
  /** Where the `agent` exit dials; empty when not set. */
  readonly agent: string;
}

export interface World {
  readonly library: Library;
  /** Whether this call holds a grant for the canonical account. */
  verified(account: string): boolean;
  /** Whether the newest code of this call is one for the canonical account, and a delivery report says that it failed. */
  undelivered(account: string): boolean;
  /** Hears of every path that is taken. */
  readonly took?: ((taken: PathTaken) => void) | undefined;
}

/** A path of a block, as `graphOf` names it. */
export interface PathTaken {
  readonly callflow: string;
  readonly block: string;
  readonly path: string;
}
