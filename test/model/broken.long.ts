/** Breaks guards of the product on purpose, and sees that the model test notices from outside. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Copy } from '../mutation/copy.ts';
import { GUARDS, type Guard } from '../mutation/guards.ts';

const RUNS = 500;
const MINUTE = 60_000;
const tests = ['model/model.test.ts'];

/** Of those that `npm run test:guards` breaks. */
const KNOWN = [
  'failures are counted per account, not per call only',
  'a locked account has no attempts',
  'a locked account is sent nothing',
  'the lock holds until its time is over',
  'sends of a call end at their limit',
  'a code is over by the clock that is never set back',
];

const MORE: readonly Guard[] = [
  {
    guard: 'attempts are counted per code',
    file: 'adapters/stores/sql/attempt.ts',
    from: 'const attempt = row.attempts + 1;',
    to: 'const attempt = row.attempts;',
    tests,
  },
  {
    guard: 'a code is dead after its time by the wall clock',
    file: 'adapters/stores/sql/attempt.ts',
    from: 'if (!isAlive({ issuedAt: row.issued_at, expiresAt: row.expires_at }, now)) {',
    to: 'if (false) {',
    tests,
  },
  {
    guard: 'an attempt that a dead process has charged is not charged again',
    file: 'adapters/stores/sql/attempt.ts',
    from: 'if (before) return (yield* hasUsed',
    to: 'if (false) return (yield* hasUsed',
    tests,
  },
  {
    guard: 'a send that a dead process has charged does not go out again',
    file: 'app/tasks/send-code.ts',
    from: "case 'repeated':\n      return { path: 'unreachable' };",
    to: "case 'repeated':\n      return issue(task, context, { prepared, sends: 1 });",
    tests,
  },
  {
    guard: 'a webhook that comes twice at the same moment acts once',
    file: 'adapters/stores/sql/claim-turn.ts',
    from: 'if (standing) return standing;',
    to: "if (standing?.kind === 'saved') return standing;",
    tests,
  },
  {
    guard: 'what was guessed is counted, and only then compared',
    file: 'app/tasks/verify-code.ts',
    from: "case 'wrong':\n      return wrong(tried, context);",
    to: "case 'wrong':\n      await takeBack(task, context);\n      return wrong(tried, context);",
    tests,
  },
];

const BROKEN = [...GUARDS.filter(({ guard }) => KNOWN.includes(guard)), ...MORE];

let copy: Copy;
beforeAll(async () => {
  copy = await Copy.make({ mostMs: 30 * MINUTE, environment: { MODEL_RUNS: String(RUNS) } });
});
afterAll(() => copy.remove());

describe('without its guard', () => {
  it('all of them stand in the list of guards', () => {
    expect(BROKEN).toHaveLength(KNOWN.length + MORE.length);
  });

  it.each(BROKEN.map((each) => [each.guard, each] as const))(
    '%s: the model test goes red',
    { timeout: 35 * MINUTE },
    async (guard, each) => {
      const { red, trouble } = await copy.without({ ...each, tests });
      expect(trouble).toBeNull();
      const message = red[0]?.message ?? expect.fail(`Nothing noticed in ${RUNS} runs.`);
      const said = /failed after (\d+) tests[^]*?Counterexample: (.*)/.exec(message);
      console.log(`${guard}: after ${said?.[1]} runs, ${said?.[2]}`);
    },
  );
});
