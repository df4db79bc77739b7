import type { ChargeKey } from '../core/contracts/codes.ts';
import type { Store } from '../core/contracts/store.ts';
import type { Clock } from '../core/contracts/clock.ts';

/** Wrong codes in other calls until the account is locked: a new call and code for each, as somebody who guesses does. */
export async function lockAccount(
  account: string,
  { store, clock }: { readonly store: Store; readonly clock: Pick<Clock, 'now'> },
): Promise<void> {
  for (let n = 1; !(await store.accountLocked(account, clock.now())); n++) {
    const call = `guess${n}of${account}`;
    const now = clock.now();
    const challenge = { id: call, call, account, method: 'email', destination: '', masked: '', mac: 'none' } as const;
    await store.openChallenge({ ...challenge, issuedAt: now, expiresAt: now + 60_000, attempts: 1, report: call });
    const key: ChargeKey = { call, turn: { kind: 'turn', nonce: call }, entry: 1, n: '1' };
    await store.chargeAttempt({ key, now, account });
  }
}
