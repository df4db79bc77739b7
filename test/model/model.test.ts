/** Any calls of any two customers, against the rules of what counts (model.ts): a few of the runs of model.long.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { runModel } from './run-model.ts';

/** More of them where somebody wants to find something: test/model/broken.long.ts. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 8);

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

const mostMs = 60_000 + RUNS * 3_000;

describe('any calls, side by side with the rules of what counts', () => {
  it('G51 G53 D15: send, evaluate and let in exactly as often as the rules say', { timeout: 2 * mostMs }, async () => {
    await runModel(rig, { runs: RUNS, mostMs });
    expect(rig.seen.get('once')).toBeGreaterThan(RUNS);
  });
});
