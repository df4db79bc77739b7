/** Breaks guards of the product on purpose, and sees that the model test notices from outside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Copy } from '../mutation/copy.ts';
import { GUARDS } from '../mutation/guards.ts';
import { MODEL_GUARDS } from './model-guards.ts';

const RUNS = 500;
const MINUTE = 60_000;
/** Of those that `npm run test:guards` breaks. */
const KNOWN = [
  'failures are counted per account, not per call only',
  'a locked account has no attempts',
  'a locked account is sent nothing',
  'the lock holds until its time is over',
  'sends of a call end at their limit',
  'a code is over by the clock that is never set back',
];

const BROKEN = [...GUARDS.filter(({ guard }) => KNOWN.includes(guard)), ...MODEL_GUARDS];

let copy: Copy;
beforeAll(async () => {
  copy = await Copy.make({ mostMs: 30 * MINUTE, environment: { MODEL_RUNS: String(RUNS) } });
});
afterAll(() => copy.remove());

describe('without its guard', () => {
  it('all of them stand in the list of guards', () => {
    expect(BROKEN).toHaveLength(KNOWN.length + MODEL_GUARDS.length);
  });

  it.each(BROKEN.map((each) => [each.guard, each] as const))(
    '%s: the model test goes red',
    { timeout: 35 * MINUTE },
    async (guard, each) => {
      const { red, trouble } = await copy.without({ ...each, tests: ['model/model.test.ts'] });
      expect(trouble).toBeNull();
      const message = red[0]?.message ?? expect.fail(`Nothing noticed in ${RUNS} runs.`);
      const said = /failed after (\d+) tests[^]*?Counterexample: (.*)/.exec(message);
      console.log(`${guard}: after ${said?.[1]} runs, ${said?.[2]}`);
    },
  );
});
