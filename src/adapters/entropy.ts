import { randomBytes } from 'node:crypto';
import type { Random } from '../core/contracts/clock.ts';

/** Randomness of the operating system: 128 bits, base64url (22 characters). */
export const entropy: Random = {
  token: () => randomBytes(16).toString('base64url'),
};
