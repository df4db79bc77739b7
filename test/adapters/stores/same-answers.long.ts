import { expect, it } from 'vitest';
import { playBoth } from './two-stores/play-both.ts';

const RUNS = Number(process.env['STORE_RUNS'] ?? 1_000);

/** Answers without which so many runs prove little. */
const MUST_BE_MET: Readonly<Record<string, readonly string[]>> = {
  claimTurn: ['won', 'saved', 'busy', 'again', 'moved', 'unclaimed', 'unknown', 'ended'],
  saveTurn: ['saved', 'lost', 'moved'],
  finishTask: ['true', 'false'],
  chargeSend: ['charged', 'repeated', 'locked', 'too-soon', 'too-many', 'over-budget'],
  chargeLookup: ['true', 'false'],
  chargeAttempt: ['charged', 'finished', 'too-many', 'locked', 'granted'],
  consumeChallenge: ['granted', 'replayed', 'refused'],
  refundAttempt: ['true', 'false'],
  reportFailed: ['a word', 'nothing'],
  chargeNotice: ['charged', 'repeated', 'over-budget'],
  stepCodeCall: ['key', 'code', 'again', 'goodbye', 'nothing'],
  endCodeCall: ['a word', 'nothing'],
  confirmAuthenticator: ['true', 'false'],
  rememberDevice: ['nothing', 'store-unavailable'],
  recogniseDevice: ['known', 'unknown', 'of-another', 'reused'],
  openSignIn: ['nothing', 'store-unavailable'],
  visitSignIn: ['open', 'unknown', 'of-another', 'expired'],
  passSignIn: ['a word', 'false'],
  redeemTicket: ['something', 'nothing'],
};

it('a store in memory answers what SQLite answers, in a thousand long runs', async () => {
  const reached = await playBoth(RUNS);
  const told = [...reached].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([way, times]) => `${way}: ${times}`);
  process.stdout.write(`${told.join(', ')}\n`);
  const rare = Object.entries(MUST_BE_MET).flatMap(([operation, kinds]) =>
    kinds.map((kind) => `${operation} ${kind}`).filter((way) => (reached.get(way) ?? 0) < RUNS / 500),
  );
  expect(rare).toEqual([]);
});
