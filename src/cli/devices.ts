import { Command } from 'commander';
import { DialproofError } from '../core/errors.ts';
import { canonicalAccount } from '../core/verification/account.ts';
import { counted } from './counted.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

const HELP = `
The server may run meanwhile; its next question to the account knows of the change.

Exit codes: 0 done, 2 wrong usage, 3 configuration, 70 our fault.`;

type Asked = { readonly what: 'list' } | { readonly what: 'revoke'; readonly id?: string };

/** `dialproof devices`: the browsers that the user of an account asked us to remember, and their end (security.md 7). */
export function devicesCommand(environment: () => RawEnvironment): Command {
  const devices = new Command('devices')
    .description('the remembered browsers of an account: list them, revoke them')
    .addHelpText('after', HELP);
  const run = async (account: string, asked: Asked) => {
    try {
      process.stdout.write(await devicesOf(canonicalAccount(account), asked, environment()));
    } catch (error) {
      process.stderr.write(`${explain(error)}\n`);
      process.exitCode = exitCodeOf(error);
    }
  };
  devices
    .command('list')
    .description('those that are good, expired and revoked, the newest first')
    .argument('<account>', 'the account, as callers type it')
    .action((account: string) => run(account, { what: 'list' }));
  devices
    .command('revoke')
    .description('forget all of the account, or one: its next sign-in needs a code')
    .argument('<account>', 'the account, as callers type it')
    .argument('[id]', 'the one of this id, from the first column of the list')
    .action((account: string, id?: string) => run(account, { what: 'revoke', ...(id === undefined ? {} : { id }) }));
  return devices;
}

async function devicesOf(account: string, asked: Asked, raw: RawEnvironment): Promise<string> {
  if (account === '')
    throw new DialproofError('usage-wrong', 'No account was given.', {
      fix: `Write the account as callers type it: npx dialproof devices ${asked.what} 1001`,
    });
  const [{ openServersStore }, { listed }, { clock }] = await Promise.all([
    import('./open-store.ts'),
    import('./devices/listed.ts'),
    import('../adapters/clock.ts'),
  ]);
  const store = await openServersStore(raw);
  try {
    const now = clock.now();
    if (asked.what === 'list') return listed(await store.devicesOf(account), now);
    const { what: _, ...which } = asked;
    const revoked = await store.revokeDevices({ account, ...which, now, why: 'asked' });
    if (revoked === 0 && which.id !== undefined) throw notThere(which.id);
    return `Revoked: ${counted(revoked, 'device')}.\n`;
  } finally {
    await store.close();
  }
}

function notThere(id: string): DialproofError {
  return new DialproofError('usage-wrong', `The account has no device "${id}" that could be revoked.`, {
    fix: 'Its id stands in the first column of: npx dialproof devices list ACCOUNT',
  });
}
