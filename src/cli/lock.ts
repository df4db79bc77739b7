import { Command } from 'commander';
import { DialproofError } from '../core/errors.ts';
import { canonicalAccount } from '../core/verification/account.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

const HELP = `
The server may run meanwhile; its next question to the account knows of the change.

Exit codes: 0 done, 2 wrong usage, 3 configuration, 70 our fault.`;

/** `dialproof lock`: what counts against an account, and how an operator opens it (security.md 1). */
export function lockCommand(environment: () => RawEnvironment): Command {
  const lock = new Command('lock')
    .description("an account's lock after wrong codes: show it, open it again")
    .addHelpText('after', HELP);
  const run = (what: 'show' | 'reset') => async (account: string) => {
    try {
      process.stdout.write(await lockOf(canonicalAccount(account), what, environment()));
    } catch (error) {
      process.stderr.write(`${explain(error)}\n`);
      process.exitCode = exitCodeOf(error);
    }
  };
  lock
    .command('show')
    .description('how many wrong codes in a row count against it, and until when it is locked')
    .argument('<account>', 'the account, as callers type it')
    .action(run('show'));
  lock
    .command('reset')
    .description('forget them: the account is open again')
    .argument('<account>', 'the account, as callers type it')
    .action(run('reset'));
  return lock;
}

async function lockOf(account: string, what: 'show' | 'reset', raw: RawEnvironment): Promise<string> {
  if (account === '')
    throw new DialproofError('usage-wrong', 'No account was given.', {
      fix: 'Write the account as callers type it: npx dialproof lock show 1001',
    });
  const [{ openServersStore }, { described }, { clock }] = await Promise.all([
    import('./open-store.ts'),
    import('./lock/described.ts'),
    import('../adapters/clock.ts'),
  ]);
  const store = await openServersStore(raw);
  try {
    const now = clock.now();
    if (what === 'show') return `${described(await store.standingOf(account, now), now)}\n`;
    const before = await store.openAccount(account, now);
    return before.failures === 0
      ? 'Nothing to forget: no wrong code counts against it.\n'
      : `Forgotten. The account was ${described(before, now)}\n`;
  } finally {
    await store.close();
  }
}
