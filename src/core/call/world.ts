import type { Flow } from '../callflow/compile.ts';
import type { Wordings } from './prompts.ts';

/** The callflows that can be run, and what all of them share. */
export interface Library {
  /** The newest revision of a callflow, or exactly the one asked for. */
  flow(callflow: string, revision?: string): Flow | undefined;
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
}
