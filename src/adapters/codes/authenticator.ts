import { isLive, type AuthenticatorProof, type AuthenticatorStore } from '../../core/contracts/authenticators.ts';
import type { CodeProvider } from '../../core/contracts/code-provider.ts';
import { matchStep } from './totp.ts';

export interface AuthenticatorCodes {
  readonly store: Pick<AuthenticatorStore, 'authenticatorsOf'>;
  /** The wall clock, milliseconds: applications go by it. */
  readonly now: () => number;
}

/**
 * Codes that the caller's own authenticator application shows (D8, RFC 6238). Nothing is sent; a code is good once, and
 * never again after a later one: the step that is found here is used up by the store, together with the grant.
 */
export function createAuthenticatorCodes({ store, now }: AuthenticatorCodes): CodeProvider {
  const liveOf = async (account: string) => (await store.authenticatorsOf(account)).filter(isLive);
  return {
    destination: async ({ account }) => ((await liveOf(account)).length > 0 ? '' : null),
    prepare: () => ({
      leaves: false,
      lasts: null,
      mac: () => '',
      send: () => Promise.resolve({ path: 'nothing-to-send' }),
    }),
    async judge({ code, binding }) {
      const at = now();
      // All are looked at, so that it takes as long whichever of them shows the code.
      const proofs = (await liveOf(binding.account)).flatMap(({ id, secret, lastStep }): AuthenticatorProof[] => {
        const step = matchStep(secret, code, { now: at, after: lastStep });
        return step === null ? [] : [{ authenticator: id, step }];
      });
      const [proof] = proofs;
      return proof === undefined ? { verdict: 'wrong' } : { verdict: 'right', proof };
    },
  };
}
