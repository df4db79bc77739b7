import { randomInt, timingSafeEqual } from 'node:crypto';
import type { CodeBinding, CodeMaker, Keyring } from '../../core/contracts.ts';

/**
 * Codes that we make ourselves (G9). Only their keyed hash is kept; it covers everything the code is good for, so that
 * a code fails for any other challenge, call, account or method.
 */
export function createInternalCodes(keyring: Keyring): CodeMaker {
  const mac = (binding: CodeBinding, code: string): string =>
    keyring.mac('code', [binding.challenge, binding.call, binding.account, binding.method, code]);
  return {
    make: (digits) => String(randomInt(0, 10 ** digits)).padStart(digits, '0'),
    mac,
    matches: (binding, kept, code) => sameText(mac(binding, code), kept),
  };
}

/** Takes as long for texts that differ early as for texts that differ late. */
function sameText(made: string, kept: string): boolean {
  const [one, other] = [Buffer.from(made), Buffer.from(kept)];
  return one.length === other.length && timingSafeEqual(one, other);
}
