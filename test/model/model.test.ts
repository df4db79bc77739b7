/** Any calls of any two customers, against the rules of what counts (model.ts): a few of the runs of model.long.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runModel } from './run-model.ts';

/** More of them where somebody wants to find something: test/model/broken.long.ts. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 4);

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

/** Milliseconds; a busy machine is slow, and what goes wrong is made shorter for a while. */
const TIMEOUT = 90_000 + RUNS * 4_000;

describe('any calls, side by side with the rules of what counts', () => {
  it('send, evaluate and let in exactly as often as the rules say', { timeout: TIMEOUT }, async () => {
    await runModel(rig, RUNS);
    expect(rig.seen.get('once')).toBeGreaterThan(RUNS);
  });
});
