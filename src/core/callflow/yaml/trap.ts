import type { ErrorCode, Node, Scalar, YAMLMap } from 'yaml';
import type { Page } from './page.ts';

/** A mistake in the text of a file, found before anything is known of what the names mean. */
export interface Found {
  readonly code: string;
  /** In UTF-16 units from the beginning of the text. */
  readonly offset: number;
  /** How much of the line it covers, in UTF-16 units; one when it does not say. */
  readonly length?: number;
  readonly message: string;
  readonly fix: string;
}

/** Where the parser lost its way, and what it says about it. */
export interface Stumble {
  readonly code: ErrorCode;
  readonly offset: number;
  readonly reason: string;
}

/** A name with its value, as the parser read it without complaint. */
export interface Pair {
  readonly key: Scalar;
  /** Null where not even a colon stands. */
  readonly value: Node | null;
  readonly map: YAMLMap;
  /** Names from the top of the file down to this one, each behind a NUL. */
  readonly path: string;
}

/** One mistake that designers make, by the ways in which it shows. */
export interface Trap {
  /** The first place where the words alone show it, whatever the parser makes of them. */
  readonly inWords?: (page: Page) => Found | null;
  /** The mistake behind a stumble of the parser, when it is this one. */
  readonly behind?: (stumble: Stumble, page: Page) => Found | null;
  /** The mistake in what the parser read without complaint, and not as it was meant. */
  readonly inPair?: (pair: Pair, page: Page) => Found | null;
}
