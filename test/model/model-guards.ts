import type { Guard } from '../mutation/guards.ts';

const tests = ['model/model.test.ts'];

/** What the model test notices besides the guards that `npm run test:guards` breaks one by one. */
export const MODEL_GUARDS: readonly Guard[] = [
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
    from: "await notSent(context);\n      return { path: 'unreachable' };",
    to: 'return issue(task, context, { prepared, sends: 1, shown });',
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
