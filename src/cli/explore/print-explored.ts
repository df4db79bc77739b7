import { formatDuration } from '../../core/duration.ts';
import { writtenScenario } from '../../simulator/explore/written-scenario.ts';
import type { Output } from '../call/screen.ts';
import type { Explored } from './explored.ts';

const NUMBER = new Intl.NumberFormat('en-US');

/** What exploring has come to, for people. `files`: what failures were written to, in their order. */
export function printExplored(
  out: Output,
  explored: Explored,
  { by, files }: { readonly by: string; readonly files: readonly string[] },
): void {
  for (const [index, { found, at }] of explored.failures.entries()) {
    out.write(`${found.callflow}: ${found.rule} does not hold. ${found.instead}\n`);
    out.write(`The shortest call that was found:\n\n${indented(writtenScenario(found, { by, at }))}\n`);
    const file = files[index];
    if (file !== undefined) out.write(`Written to ${file}; npx dialproof test ${file} plays it.\n`);
    out.write('\n');
  }
  for (const { callflow, calls, paths, exits, longest, rules } of explored.callflows) {
    out.write(`${callflow}: ${number(calls)} calls, ${paths.taken} of ${paths.all} paths\n`);
    out.write(
      `  exits    ${Object.entries(exits)
        .map(([name, count]) => `${name} ${number(count)}`)
        .join(', ')}\n`,
    );
    out.write(`  longest  ${longest.turns} turns, ${formatDuration(Math.round(longest.ms / 1000) * 1000)}\n`);
    out.write(`  rules    ${rules.join(', ')}\n`);
  }
  out.write(`${summary(explored)}\n`);
}

function summary({ calls, ms, threads, seed, failures, interrupted }: Explored): string {
  const rate = number(Math.round((calls * 1000) / ms));
  const made = `${interrupted ? 'Interrupted after ' : ''}${number(calls)} calls`;
  const threaded = `${threads} thread${threads === 1 ? '' : 's'}`;
  const held = failures.length === 0 ? 'Every rule held' : `${failures.length} broken`;
  return `${made} in ${(ms / 1000).toFixed(1)} s: ${rate} calls/s, ${threaded}, seed ${seed}. ${held}.`;
}

function number(count: number): string {
  return NUMBER.format(count);
}

function indented(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}
