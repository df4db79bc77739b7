import fc from 'fast-check';
import { anyCommands } from './commands.ts';
import type { Rig } from './rig.ts';
import { Session } from './session.ts';

/**
 * Runs of the product and the model side by side. What went wrong is told as the shortest run that still goes wrong,
 * with its seed and path; MODEL_REPLAY="<seed> <path> <replayPath>" runs that one again.
 */
export async function runModel(rig: Rig, options: { readonly runs: number; readonly mostMs: number }): Promise<void> {
  const [seed, path, replayPath] = (process.env['MODEL_REPLAY'] ?? '').split(' ').filter((part) => part !== '');
  const property = fc.asyncProperty(anyCommands(replayPath), async (commands) => {
    const session = new Session(rig);
    await fc.asyncModelRun(() => ({ model: session, real: rig }), commands);
    for (const line of session.lines) await session.counted(line);
  });
  await fc.assert(property, {
    numRuns: options.runs,
    // What is found must be told before the test runs out of time.
    interruptAfterTimeLimit: options.mostMs,
    markInterruptAsFailure: true,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    ...(path === undefined ? {} : { path }),
  });
}

/** What the runs have reached, as one line. */
export function reached({ seen }: Rig): string {
  return [...seen]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, times]) => `${what}: ${times}`)
    .join(', ');
}
