import { Command } from 'commander';
import { readDuration } from '../core/duration.ts';
import { DialproofError } from '../core/errors.ts';
import { readEnvironment, retentionOf, type RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

const HELP = `
The server may run meanwhile, and does the same once a minute. Names of ended calls stay for RETENTION_DAYS: a repeated
webhook of a call that is purged ends it, and never sends again.

Exit codes: 0 done, 2 wrong usage, 3 configuration, 70 our fault.`;

/** `dialproof purge`: removes what is past its retention now, and says what went and what is left. */
export function purgeCommand(environment: () => RawEnvironment): Command {
  return new Command('purge')
    .description('remove from the store what is past its retention, now')
    .option('--keep <duration>', 'sessions, replies and codes of calls that ended within it, like 24h, 30m or 0s')
    .addHelpText('after', HELP)
    .action(async ({ keep }: { readonly keep?: string }) => {
      try {
        process.stdout.write(await purge(keep, environment()));
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function purge(keep: string | undefined, raw: RawEnvironment): Promise<string> {
  const retention = retentionOf(readEnvironment(raw));
  const repliesMs = keep === undefined ? retention.repliesMs : durationOf(keep);
  const [{ openServersStore }, { purged }, { clock }] = await Promise.all([
    import('./open-store.ts'),
    import('./purge/purged.ts'),
    import('../adapters/clock.ts'),
  ]);
  const store = await openServersStore(raw);
  try {
    const gone = await store.sweep(clock.now(), { ...retention, repliesMs });
    return purged(gone, await store.countRows());
  } finally {
    await store.close();
  }
}

/** @throws DialproofError `usage-wrong` */
function durationOf(keep: string): number {
  const ms = readDuration(keep);
  if (ms !== null) return ms;
  throw new DialproofError('usage-wrong', `"${keep}" is not a length of time.`, {
    fix: 'Write a number with its unit, ms, s, m, h or d: npx dialproof purge --keep 30m',
  });
}
