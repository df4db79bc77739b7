import fc from 'fast-check';
import * as attacks from './attacks.ts';
import * as callers from './callers.ts';
import type { Step } from './kind.ts';

const { restarts, ...tricks } = attacks;
const { calls, chooses, types, asksForAnother, guesses } = callers;
const OFTEN = [calls, chooses, types, types, asksForAnother, calls, types, asksForAnother, guesses, tricks.comesAgain];

/** Up to 40 of them, what callers do most the most often; a restart takes long. `replayPath` as fast-check has printed it. */
export function anyCommands(replayPath?: string): fc.Arbitrary<Iterable<Step>> {
  const rest = [...Object.values(callers), ...Object.values(tricks), ...Object.values(tricks), restarts];
  const options = { maxCommands: 40, size: 'max', ...(replayPath === undefined ? {} : { replayPath }) } as const;
  return fc.commands([...OFTEN, ...OFTEN, ...OFTEN, ...OFTEN, ...rest], options);
}
