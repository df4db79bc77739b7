import fc from 'fast-check';
import { expect } from 'vitest';
import { DialproofError } from '../../../../src/core/errors.ts';
import type { Store } from '../../../../src/core/contracts/store.ts';
import { claimOf, START, take, type Opened } from '../../../contracts/store/caller.ts';
import { openedMemory } from '../opened-memory.ts';
import { temporaryStore } from '../temporary-store.ts';
import { ACCOUNT_STEPS } from './account-steps.ts';
import { CODE_STEPS } from './code-steps.ts';
import { ACCOUNTS, Play, type Step } from './step.ts';
import { SIGN_IN_STEPS } from './sign-in-steps.ts';
import { TURN_STEPS } from './turn-steps.ts';

const steps = fc.array(fc.oneof(...TURN_STEPS, ...CODE_STEPS, ...ACCOUNT_STEPS, ...SIGN_IN_STEPS), {
  minLength: 1,
  maxLength: 120,
  size: 'max',
});

/** How often each operation was answered in which way. */
export type Reached = Map<string, number>;

/**
 * Asks a store in memory and one of SQLite the same, step by step, in so many runs: every answer, and in the end all that
 * was kept, has to be the same.
 */
export async function playBoth(runs: number): Promise<Reached> {
  const reached: Reached = new Map();
  const property = fc.asyncProperty(steps, async (drawn) => {
    const sqlite = await temporaryStore();
    const memory = openedMemory(sqlite.keyring);
    try {
      const play = new Play();
      for (const { store } of [sqlite, memory]) await begun(store, play);
      for (const step of drawn) await ask(step, play, { sqlite, memory, reached });
      expect(await keptBy(memory)).toEqual(await keptBy(sqlite));
    } finally {
      await sqlite.remove();
    }
  });
  await fc.assert(property, { numRuns: runs });
  return reached;
}

/** Two calls that ask their first question. */
async function begun(store: Store, play: Play): Promise<void> {
  for (const call of ['CA1', 'CA2']) {
    const nonce = `first of ${call}`;
    await take(store, claimOf(START, { call, holder: call }), { nonce });
    play.nonces.set(call, [nonce]);
  }
}

async function ask(
  { operation, later, ask: made }: Step,
  play: Play,
  { sqlite, memory, reached }: { sqlite: Opened; memory: Opened; reached: Reached },
): Promise<void> {
  play.now += later;
  const { of, heard } = made(play);
  const [here, there] = await Promise.all([answerOf(of, memory.store), answerOf(of, sqlite.store)]);
  expect({ [operation]: comparable(here) }).toEqual({ [operation]: comparable(there) });
  heard?.(here);
  for (const answer of Array.isArray(here) ? here : [here]) {
    const way = `${operation} ${kindOf(answer)}`;
    reached.set(way, (reached.get(way) ?? 0) + 1);
  }
}

/** The code of the error where it rejects. */
async function answerOf(of: (store: Store) => Promise<unknown>, store: Store): Promise<unknown> {
  try {
    return await of(store);
  } catch (error) {
    if (error instanceof DialproofError) return { kind: error.code };
    throw error;
  }
}

/** Functions as what they answer, bytes as a list: so that two of them can be compared. */
function comparable(answer: unknown): unknown {
  if (typeof answer === 'function') return ACCOUNTS.map((account): unknown => answer(account));
  if (answer instanceof Uint8Array) return [...answer];
  if (Array.isArray(answer)) return answer.map(comparable);
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, comparable(value)]));
}

/** The answer in a word. */
function kindOf(answer: unknown): string {
  if (answer === null || answer === undefined) return 'nothing';
  if (typeof answer === 'boolean') return String(answer);
  if (typeof answer !== 'object') return 'a word';
  if ('step' in answer && typeof answer.step === 'object' && answer.step) return String(Object.values(answer.step)[0]);
  return 'kind' in answer ? String(answer.kind) : 'something';
}

/** A sweep ends several calls in no order that was promised. */
async function keptBy({ store, audit, closedWhy, states }: Opened): Promise<unknown> {
  const lines = (await audit()).map((line) => JSON.stringify(line));
  const reasons = (await closedWhy()).map(String);
  return { lines: sorted(lines), closed: sorted(reasons), states: await states(), rows: await store.countRows() };
}

function sorted(words: readonly string[]): readonly string[] {
  return words.toSorted();
}
