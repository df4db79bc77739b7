import { Command } from 'commander';
import { readDuration } from '../core/duration.ts';
import { DialproofError } from '../core/errors.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

const HELP = `
Times are UTC. The server may run meanwhile. Nothing here says who has called: destinations are masked, and accounts,
keys and codes are not kept in the clear anywhere. Calls are listed for RETENTION_DAYS.

Exit codes: 0 done, 2 wrong usage, 3 configuration, 70 our fault.`;

interface Flags {
  readonly since: string;
  readonly exit?: string;
  readonly limit: string;
  readonly json?: true;
}

/** `dialproof calls`: the calls that began last, or what the audit trail says of one. */
export function callsCommand(environment: () => RawEnvironment): Command {
  return new Command('calls')
    .description('the calls that began last: when, where they stand, how they left; or what happened in one of them')
    .argument('[CallSid]', 'the call whose audit trail is told')
    .option('--since <duration>', 'calls that began within it, like 30m, 24h or 7d', '24h')
    .option('--exit <name>', 'only calls that left by this exit')
    .option('--limit <number>', 'so many at most', '20')
    .option('--json', 'print one JSON document and nothing else on stdout')
    .addHelpText('after', HELP)
    .action(async (call: string | undefined, flags: Flags) => {
      try {
        process.stdout.write(
          await (call === undefined ? listed(flags, environment()) : told(call, flags, environment())),
        );
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function listed({ since, exit, limit, json }: Flags, raw: RawEnvironment): Promise<string> {
  const within = durationOf(since);
  const most = countOf(limit);
  const [{ openServersStore }, { callsTable, callsJson }, { clock }] = await Promise.all([
    import('./open-store.ts'),
    import('./calls/listed.ts'),
    import('../adapters/clock.ts'),
  ]);
  const store = await openServersStore(raw);
  try {
    const left = exit === undefined ? {} : { exit };
    const calls = await store.recentCalls({ since: clock.now() - within, most, ...left });
    return json === true ? callsJson(calls) : callsTable(calls, { since, ...left });
  } finally {
    await store.close();
  }
}

async function told(call: string, { json }: Flags, raw: RawEnvironment): Promise<string> {
  const [{ openServersStore }, { timeline, timelineJson }] = await Promise.all([
    import('./open-store.ts'),
    import('./calls/timeline.ts'),
  ]);
  const store = await openServersStore(raw);
  try {
    const [summary, trail] = [await store.readCall(call), await store.auditOf(call)];
    if (summary === null && trail.length === 0) throw unknown(call);
    return json === true ? timelineJson(call, summary, trail) : timeline(call, summary, trail);
  } finally {
    await store.close();
  }
}

function unknown(call: string): DialproofError {
  return new DialproofError('usage-wrong', `The store knows no call "${call}".`, {
    fix: 'Its CallSid stands in the last column of: npx dialproof calls. Calls are forgotten after RETENTION_DAYS.',
  });
}

/** @throws DialproofError `usage-wrong` */
function durationOf(text: string): number {
  const ms = readDuration(text);
  if (ms !== null) return ms;
  throw new DialproofError('usage-wrong', `"${text}" is not a length of time.`, {
    fix: 'Write a number with its unit, m, h or d: npx dialproof calls --since 30m',
  });
}

/** @throws DialproofError `usage-wrong` */
function countOf(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text);
  throw new DialproofError('usage-wrong', `"${text}" is not a number of calls from 1 to 99999.`, {
    fix: 'Write how many calls to list: npx dialproof calls --limit 50',
  });
}
