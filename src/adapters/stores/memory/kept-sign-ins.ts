import type { Device } from '../../../core/contracts/devices.ts';
import type { NewSignIn } from '../../../core/contracts/sign-ins.ts';

export interface KeptDevice {
  readonly account: string;
  fingerprint: string;
  /** When a token of it was replaced last. */
  seenAt: number;
  device: Device;
}

export interface KeptToken {
  /** The id of its device. */
  readonly device: string;
  /** Null for the newest of its device. */
  replacedAt: number | null;
}

export interface KeptSignIn {
  opened: NewSignIn;
  /** That came with it first. */
  browser: string | null;
  /** Of its first visit. */
  locale: string | null;
  remember: boolean;
  passedAt: number | null;
  /** Null before it has passed, and once the ticket is used or void. */
  ticket: { readonly ticket: string; readonly expiresAt: number; readonly ttl: number } | null;
}
