import type { Page } from '../../core/contracts/pages.ts';

/** What the platform asks before it lets a user in. */
export interface Asked {
  /** As the platform wrote it (E5). */
  readonly user: string;
  /** Of the browser (E7); empty where it told none. */
  readonly fingerprint: string;
  /** What its user may know the browser by. */
  readonly browserName: string;
  /** Where the browser goes afterwards; checked. */
  readonly returnTo: string;
  /** Where the request came from. */
  readonly address: string;
  /** The device cookie, where the platform passes the browser's cookies on; empty where it does not. */
  readonly device: string;
}

export type Answer =
  /** errorNumber 0 (E15); `device` is the cookie's new value where it has changed. */
  | { readonly kind: 'authorised'; readonly ttl: number; readonly device: string | null }
  /** errorNumber 101 (E17): the page's token. A device that is known has a new cookie all the same. */
  | { readonly kind: 'ask'; readonly page: string; readonly device: string | null };

/** A browser at the page of a sign-in. */
export interface Visit {
  readonly token: string;
  /** The cookie that binds the sign-in to it. */
  readonly browser: string;
  /** Its device cookie; empty where there is none. */
  readonly device: string;
  readonly address: string;
  /** The languages that it asks for, the dearest first. */
  readonly languages: readonly string[];
}

/** What was done on the page. */
export interface Entered {
  /** The page's single-use token. */
  readonly nonce: string;
  readonly digits: string;
  readonly remember: boolean;
}

export type Seen =
  | {
      readonly kind: 'page';
      readonly page: Page;
      /** The language of the pages. */
      readonly locale: string;
      /** Where a sign-in can be begun again. */
      readonly returnTo: string;
      readonly mayRemember: boolean;
      readonly remember: boolean;
      readonly device: string | null;
    }
  /** The way back to the platform. */
  | { readonly kind: 'passed'; readonly returnTo: string; readonly ticket: string; readonly device: string | null }
  | { readonly kind: 'refused'; readonly why: 'unknown' | 'expired' | 'of-another' | 'outside-hours' | 'unavailable' };
