/** Any calls of any two customers, against the rules of what counts (model.ts): a few of the runs of model.long.ts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rig } from './rig.ts';
import { reached, runModel } from './run-model.ts';

const RUNS = Number(process.env['MODEL_RUNS'] ?? 15);

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

describe('any calls, side by side with the rules of what counts', () => {
  it('G51 G53 D15: send, evaluate and let in exactly as often as the rules say', { timeout: 130_000 }, async () => {
    const start = performance.now();
    await runModel(rig, { runs: RUNS, mostMs: 100_000 }).finally(() => console.log(reached(rig)));
    console.log(`${RUNS} runs in ${Math.round(performance.now() - start)} ms`);
    expect(rig.seen.get('grant')).toBeGreaterThan(0);
  });
});
