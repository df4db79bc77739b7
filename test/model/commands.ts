import fc from 'fast-check';
import * as attacks from './attacks.ts';
import * as callers from './callers.ts';
import type { Step } from './kind.ts';

const USUAL = [callers.calls, callers.chooses, callers.types, callers.asksForAnother];
const OFTEN = [...USUAL, ...USUAL, callers.types, callers.guesses, attacks.comesAgain];

/** Up to 40 of them, what callers do most the most often. `replayPath` as fast-check has printed it. */
export function anyCommands(replayPath?: string): fc.Arbitrary<Iterable<Step>> {
  const all = [...OFTEN, ...OFTEN, ...Object.values(callers), ...Object.values(attacks), ...Object.values(attacks)];
  const options = { maxCommands: 40, size: 'max', ...(replayPath === undefined ? {} : { replayPath }) } as const;
  return fc.commands(all, options);
}
