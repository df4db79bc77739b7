import type { Random } from '../core/contracts/clock.ts';
import { randomBytes } from './random-bytes.ts';

/** Randomness of the operating system: 128 bits, base64url (22 characters). */
export const entropy: Random = {
  token: () => randomBytes(16).toString('base64url'),
};
