import type { Credentials } from '../../call/call-environment.ts';

/** A running server, as a voice platform knows it. */
export interface ServerAddress {
  /** Where it listens. */
  readonly server: string;
  /** Its PUBLIC_URL. */
  readonly publicUrl: string;
  readonly credentials: Credentials;
}
