import type { ChargeKey } from '../core/contracts/codes.ts';
import type { Store } from '../core/contracts/store.ts';
import type { Clock } from '../core/contracts/clock.ts';

const A_MINUTE = 60_000;

/** Wrong codes in other calls until the account is locked: a new call and code for each, as somebody who guesses does. */
export async function lockAccount(
  account: string,
  { store, clock }: { readonly store: Store; readonly clock: Pick<Clock, 'now'> },
): Promise<void> {
  for (let n = 1; !(await store.accountLocked(account, clock.now())); n++) {
    const call = `guess ${n} at ${account}, ${clock.now()}`;
    const now = clock.now();
    const turn = { kind: 'start', callflow: 'guess', query: '' } as const;
    const key: ChargeKey = { call, turn, entry: 1, n: '1' };
    const input = { type: 'start', test: false, to: '' } as const;
    await store.claimTurn({ call, key: turn, input, holder: call, now, lease: A_MINUTE });
    const challenge = { id: call, call, account, method: 'email', destination: '', masked: '', mac: 'none' } as const;
    const lasts = { issuedAt: now, expiresAt: now + A_MINUTE };
    await store.openChallenge({ ...challenge, ...lasts, attempts: 1, report: call });
    await store.chargeAttempt({ key, now, account });
  }
}
