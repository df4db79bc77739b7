/** Five hundred runs of up to forty commands, against the rules of what counts (model.ts). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from './kind.ts';
import { Rig } from './rig.ts';
import { reached, runModel } from './run-model.ts';

const RUNS = 500;
const MINUTE = 60_000;

/** What the runs must have come to, and how often: what they never reach they prove nothing about. */
const STATES: Readonly<Record<string, number>> = {
  send: 500,
  attempt: 500,
  grant: 100,
  lock: 20,
  notice: 10,
  expired: 20,
  'refused: locked': 50,
  'refused: no send left': 10,
  'lost send': 5,
  together: 200,
  'start again': 20,
  'start of a call that is over': 20,
  dies: 50,
  restart: 20,
  'code: old': 10,
  'code: of another call': 5,
  'code: of another account': 5,
};

let rig: Rig;
beforeAll(async () => {
  rig = await Rig.open();
});
afterAll(() => rig.close());

describe('any calls, side by side with the rules of what counts', () => {
  it('send, evaluate and let in exactly as often as the rules say', { timeout: 40 * MINUTE }, async () => {
    const start = performance.now();
    await runModel(rig, RUNS).finally(() => console.log(reached(rig)));
    console.log(`${RUNS} runs took ${Math.round((performance.now() - start) / 1_000)} s`);
    const wanted = { ...Object.fromEntries(KINDS.map((name) => [name, 5])), ...STATES };
    const rare = Object.entries(wanted).filter(([what, times]) => (rig.seen.get(what) ?? 0) < times);
    expect(rare.map(([what, times]) => `${what}: ${rig.seen.get(what) ?? 0}, not ${times}`)).toEqual([]);
  });
});
