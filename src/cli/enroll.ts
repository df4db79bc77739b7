import { Command } from 'commander';
import { DialproofError } from '../core/errors.ts';
import { canonicalAccount } from '../core/verification/account.ts';
import type { Output } from './call/screen.ts';
import type { Enrolled } from './enroll/enrol-account.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

interface Flags {
  readonly issuer: string;
  readonly list?: boolean;
  readonly revoke?: string;
}

const HELP = `
The server may run meanwhile; its next question to the account knows of the change.

Exit codes: 0 done, 1 not enrolled, 2 wrong usage, 3 configuration, 70 our fault, 130 interrupted.`;

const NOT_ENROLLED: Readonly<Record<Exclude<Enrolled, 'enrolled'>, string>> = {
  wrong:
    'Not enrolled: none of the codes was one of this secret.\nSee that the clocks of this machine and of the telephone are right, then begin again: the old entry in the application is worth nothing.',
  'given-up': 'Not enrolled: no code was entered.\nBegin again; the entry in the application is worth nothing.',
  interrupted: 'Not enrolled.',
};

/** `dialproof enroll`: the authenticator applications of an account (D8), in the store of a server that may be running. */
export function enrollCommand(environment: () => RawEnvironment): Command {
  return new Command('enroll')
    .description('enrol an authenticator application for an account; list and revoke them')
    .argument('[account]', 'the account, as callers type it')
    .option('--issuer <name>', 'the name that the application shows', 'Dialproof')
    .option('--list', 'list those of the account')
    .option('--revoke <id>', 'revoke one for good, or `all` of the account')
    .addHelpText('after', HELP)
    .action(async (account: string | undefined, flags: Flags) => {
      try {
        process.exitCode = await enroll(canonicalAccount(account ?? ''), flags, environment());
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function enroll(account: string, flags: Flags, raw: RawEnvironment): Promise<number> {
  checkUsage(account, flags);
  const [{ openServersStore }, { enrolAccount }, { listed, revoke }, { clock }] = await Promise.all([
    import('./open-store.ts'),
    import('./enroll/enrol-account.ts'),
    import('./enroll/authenticators.ts'),
    import('../adapters/clock.ts'),
  ]);
  const output: Output = process.stdout;
  const store = await openServersStore(raw);
  try {
    if (flags.revoke !== undefined) {
      output.write(await revoke(store, { which: flags.revoke, account, now: clock.now() }));
      return 0;
    }
    if (flags.list === true) {
      output.write(await listed(store, account));
      return 0;
    }
    const { issuer } = flags;
    const enrolled = await enrolAccount({
      store,
      account,
      issuer,
      input: process.stdin,
      output,
      now: () => clock.now(),
    });
    if (enrolled === 'enrolled') return 0;
    process.stderr.write(`\n${NOT_ENROLLED[enrolled]}\n`);
    return enrolled === 'interrupted' ? 130 : 1;
  } finally {
    await store.close();
  }
}

/** @throws DialproofError `usage-wrong` */
function checkUsage(account: string, { list, revoke, issuer }: Flags): void {
  if (list === true && revoke !== undefined)
    throw wrong('--list and --revoke were given together.', 'Give one of them at a time.');
  if (account === '' && (revoke === undefined || revoke === 'all'))
    throw wrong('No account was given.', 'Write the account as callers type it: npx dialproof enroll 1001');
  if (!/^[^:\p{Cc}]{1,64}$/u.test(issuer.trim()))
    throw wrong(
      'The name after --issuer cannot be shown by applications.',
      'Give 1 to 64 characters without a colon, for example: --issuer "Bank of Example"',
    );
}

function wrong(message: string, fix: string): DialproofError {
  return new DialproofError('usage-wrong', message, { fix });
}
