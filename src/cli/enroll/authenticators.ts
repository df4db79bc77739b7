import { beginOf } from '../../adapters/codes/totp.ts';
import type { Authenticator, AuthenticatorStore } from '../../core/contracts/authenticators.ts';
import { DialproofError } from '../../core/errors.ts';
import { counted } from '../counted.ts';
import { inUtc } from '../in-utc.ts';

/** One line for each of an account, oldest first; times are UTC. */
export async function listed(store: AuthenticatorStore, account: string): Promise<string> {
  const all = await store.authenticatorsOf(account);
  return all.length === 0 ? 'No authenticator is enrolled.\n' : all.map((each) => `${lineOf(each)}\n`).join('');
}

function lineOf({ id, enrolledAt, confirmedAt, revokedAt, lastStep }: Authenticator): string {
  const state =
    revokedAt !== null
      ? `revoked ${inUtc(revokedAt)}`
      : confirmedAt === null
        ? 'never confirmed: it does not count'
        : `good, newest code accepted: ${lastStep === 0 ? 'none' : inUtc(beginOf(lastStep))}`;
  return `${id}  enrolled ${inUtc(enrolledAt)}  ${state}`;
}

/** Revokes one by its id, or `all` of an account; answers with what was done. @throws DialproofError `usage-wrong` */
export async function revoke(
  store: AuthenticatorStore,
  { which, account, now }: { readonly which: string; readonly account: string; readonly now: number },
): Promise<string> {
  const known =
    account === '' ? null : (await store.authenticatorsOf(account)).filter((each) => each.revokedAt === null);
  if (which === 'all') {
    for (const { id } of known ?? []) await store.revokeAuthenticator(id, now);
    return `Revoked: ${counted(known?.length ?? 0, 'authenticator')}.\n`;
  }
  const its = known === null || known.some(({ id }) => id === which);
  if (its && (await store.revokeAuthenticator(which, now))) return `Revoked: ${which}.\n`;
  throw new DialproofError('usage-wrong', `There is no authenticator "${which}" that could be revoked.`, {
    fix: 'Its id stands in the first column of: npx dialproof enroll --list ACCOUNT',
  });
}
