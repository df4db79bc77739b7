/** A guard of the product, how it is broken on purpose, and the tests that have to notice. */
export interface Guard {
  /** What it keeps from happening. */
  readonly guard: string;
  /** Under `src/`. */
  readonly file: string;
  /** Stands there once. */
  readonly from: string;
  /** What stands there instead when it is broken. */
  readonly to: string;
  /** Files or folders of tests, under `test/`; the first that notices is the proof. */
  readonly tests: readonly string[];
}

const STORE = 'adapters/stores/sqlite-contract.test.ts';

/** Guards of codes, limits and locks, and of the store that keeps them. */
const COUNTING: readonly Guard[] = [
  {
    guard: 'an attempt is charged before it is compared: none is evaluated above the limit',
    file: 'adapters/stores/sql/attempt.ts',
    from: '!isCount(row.attempts) || !(row.attempts < row.attempts_most)',
    to: 'false',
    tests: [STORE],
  },
  {
    guard: 'a count of attempts that cannot be read is used up',
    file: 'adapters/stores/sql/attempt.ts',
    from: '!isCount(row.attempts) || ',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'failures are counted per account, not per call only',
    file: 'adapters/stores/sql/attempt.ts',
    from: 'const failures = standing.failures + 1;',
    to: 'const failures = attempt;',
    tests: [STORE],
  },
  {
    guard: 'a locked account has no attempts',
    file: 'adapters/stores/sql/attempt.ts',
    from: "if (isLocked(standing, now)) return { kind: 'locked' };",
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a locked account is sent nothing',
    file: 'adapters/stores/sql/send.ts',
    from: "if (yield* accountLocked(vault, charge.account, charge.now)) return { kind: 'locked' };",
    to: '',
    tests: [STORE],
  },
  {
    guard: 'an account that is locked meanwhile is not granted',
    file: 'adapters/stores/sql/consume.ts',
    from: 'return !isLocked(standing, now) || standing.failures === failures;',
    to: 'return true;',
    tests: [STORE],
  },
  {
    guard: 'the lock holds until its time is over',
    file: 'core/verification/lock.ts',
    from: 'return !(now >= lastFailureAt + LOCK_LASTS);',
    to: 'return false;',
    tests: ['core/verification/lock.test.ts', STORE],
  },
  {
    guard: 'failures that cannot be read lock the account',
    file: 'core/verification/lock.ts',
    from: '!Number.isSafeInteger(failures) || ',
    to: '',
    tests: ['core/verification/lock.test.ts', STORE],
  },
  {
    guard: 'a code is used once',
    file: 'adapters/stores/sql/consume.ts',
    from: '!isOpen(row) || ',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a code is dead after its time',
    file: 'adapters/stores/sql/consume.ts',
    from: ' || !isAlive({ issuedAt: row.issued_at, expiresAt: row.expires_at }, now)',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a code lets in for its own account only',
    file: 'adapters/stores/sql/consume.ts',
    from: ' || row.account_hash !== accountHash(vault, account)',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'nothing is granted after the deadline of its task',
    file: 'adapters/stores/sql/consume.ts',
    from: 'if (!(now <= deadline)) return false;',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a call that has ended is granted nothing',
    file: 'adapters/stores/sql/consume.ts',
    from: " || call.phase === 'ended'",
    to: '',
    tests: [STORE],
  },
  {
    guard: 'sends of a call end at their limit',
    file: 'adapters/stores/sql/send.ts',
    from: ' || !(call.sends < charge.most)',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a count of sends that cannot be read is used up',
    file: 'adapters/stores/sql/send.ts',
    from: '!isCount(call.sends) || ',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a call that has ended sends nothing',
    file: 'adapters/stores/sql/send.ts',
    from: "call.phase === 'ended' || ",
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a budget that is used up refuses the send',
    file: 'adapters/stores/sql/send.ts',
    from: "if (yield* isOverBudget(vault, budget, charge.now)) return { kind: 'over-budget', budget: budget.name };",
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a send is given back once',
    file: 'adapters/stores/sql/send.ts',
    from: ' AND refunded_at IS NULL',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'codes of a call whose caller is connected to somebody are void',
    file: 'adapters/stores/sql/save-turn.ts',
    from: "if (update.state.waiting.for === 'dial' || phase === 'away')",
    to: 'if (false)',
    tests: [STORE, 'app'],
  },
  {
    guard: 'the code of a dropped task is void',
    file: 'adapters/stores/sql/save-turn.ts',
    from: "    yield* closeLive(call, now, 'dropped');\n",
    to: '',
    tests: [STORE],
  },
  {
    guard: 'no code is opened in a call that has ended',
    file: 'adapters/stores/sql/challenges.ts',
    from: 'if (!(yield* isGoingOn(call)))',
    to: 'if (false)',
    tests: [STORE],
  },
  {
    guard: 'a code of the authenticator that was taken is not taken again',
    file: 'adapters/codes/totp.ts',
    from: 'afterTimeStep: after,',
    to: '',
    tests: ['adapters/codes/totp.test.ts'],
  },
  {
    guard: 'two calls at the same moment cannot both use a code of the authenticator',
    file: 'adapters/stores/sql/consume.ts',
    from: "if (proof !== undefined && !(yield* acceptStep(row.account_hash, proof))) return { kind: 'replayed' };",
    to: '',
    tests: [STORE],
  },
  {
    guard: 'attempts that nobody judged are given back so often and no more',
    file: 'adapters/stores/sql/attempt.ts',
    from: 'if (yield* isOverBudget(vault, budget, now)) return false;',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a code that was used up under a key is right for its own account only',
    file: 'adapters/stores/sql/attempt.ts',
    from: 'row?.account_hash === accountHash(vault, account) && ',
    to: 'row !== undefined && ',
    tests: [STORE],
  },
  {
    guard: 'a caller asks about so many accounts and no more',
    file: 'adapters/stores/sql/lookups.ts',
    from: 'if (yield* isOverBudget(vault, budget, now)) return false;',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'an account with invisible characters is nobody',
    file: 'core/verification/account.ts',
    from: "return INVISIBLE.test(canonical) ? '' : canonical;",
    to: 'return canonical;',
    tests: ['core/verification/account.test.ts'],
  },
  {
    guard: 'a code is over by the clock that is never set back',
    file: 'app/tasks/verify-code.ts',
    from: 'if (lifetimes.isOver(challenge.id))',
    to: 'if (false)',
    tests: ['app/attacks-on-codes.test.ts', 'app/attacks.test.ts'],
  },
  {
    guard: 'no code is checked for nobody',
    file: 'app/tasks/verify-code.ts',
    from: "  if (task.account === '') return { path: 'error' };\n",
    to: '',
    tests: ['app/nobody.test.ts'],
  },
  {
    guard: 'no code is sent for nobody',
    file: 'app/tasks/send-code.ts',
    from: " || account === ''",
    to: '',
    tests: ['app/nobody.test.ts'],
  },
  {
    guard: 'the lock voids the code that was tried',
    file: 'app/tasks/verify-code.ts',
    from: "    await close(context, challenge.id, 'locked');\n",
    to: '',
    tests: ['app/opened-account.test.ts'],
  },
  {
    guard: 'a budget is given back only where nothing can have arrived',
    file: 'app/tasks/send-code.ts',
    from: 'if (!failure.accepted) await store.refundSend',
    to: 'await store.refundSend',
    tests: ['app/counting.test.ts'],
  },
  {
    guard: 'a locked account is told no code',
    file: 'adapters/stores/sql/code-calls.ts',
    from: ' && !(yield* accountLocked(vault, account, now))',
    to: '',
    tests: [STORE],
  },
];

/** Guards of the turn engine: a webhook that repeats, comes late or twice changes nothing. */
const TURNS: readonly Guard[] = [
  {
    guard: 'a turn that was claimed under a former nonce is not taken over',
    file: 'adapters/stores/sql/claim-turn.ts',
    from: 'if (current) return yield* takeOver',
    to: 'if (true) return yield* takeOver',
    tests: [STORE],
  },
  {
    guard: 'a turn that was overtaken does not move the call',
    file: 'adapters/stores/sql/save-turn.ts',
    from: 'if (call.turns !== update.turns)',
    to: 'if (false)',
    tests: [STORE],
  },
  {
    guard: 'only the present holder of a claim saves',
    file: 'adapters/stores/sql/save-turn.ts',
    from: 'row.holder_hash === holder && ',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a turn that is late does not reopen a call',
    file: 'adapters/stores/sql/save-turn.ts',
    from: "update && call.phase !== 'ended'",
    to: 'update',
    tests: [STORE],
  },
  {
    guard: 'a held task brings no result after the call has ended',
    file: 'adapters/stores/sql/tasks.ts',
    from: '  if (!(yield* isGoingOn(task.call))) return false;\n',
    to: '',
    tests: [STORE],
  },
  {
    guard: 'a result that comes after 20 seconds is dropped',
    file: 'app/tasks/runner.ts',
    from: 'now < until && store',
    to: 'store',
    tests: ['app/attacks.test.ts'],
  },
  {
    guard: 'a callflow in a circle of tasks ends',
    file: 'app/turn.ts',
    from: 'if (this.performed === MOST_TASKS) throw inCircles();',
    to: '',
    tests: ['app/attacks.test.ts', 'app'],
  },
  {
    guard: 'a callflow in a circle of blocks ends',
    file: 'core/call/step.ts',
    from: 'if (this.moves > MOST_MOVES) throw',
    to: 'if (this.moves > 1e5) throw',
    tests: ['core/call/walk.test.ts', 'core/call'],
  },
  {
    guard: 'a start that comes after its call has ended begins nothing',
    file: 'app/engine.ts',
    from: '      if (webhook.over) return hangUp(this.parts);\n',
    to: '',
    tests: ['app/protocol.test.ts'],
  },
  {
    guard: 'only inputs that the callflow declares come with its start',
    file: 'app/engine.ts',
    from: 'flow.callflow.inputs.includes(name) && ',
    to: '',
    tests: ['app/attacks.test.ts'],
  },
];

/** Guards of what leads in: the exit called success. */
const PROOF: readonly Guard[] = [
  {
    guard: 'no exit called success without a grant',
    file: 'core/call/step.ts',
    from: "wanted === 'success' && !this.here.verified ? 'error' : wanted",
    to: 'wanted',
    tests: ['app/attacks.test.ts', 'core/call'],
  },
  {
    guard: 'an account that is not known is never verified',
    file: 'core/call/standing.ts',
    from: "account !== '' && this.call",
    to: 'this.call',
    tests: ['core/call/links.test.ts'],
  },
  {
    guard: 'skipping is for callflows that verify',
    file: 'core/call/standing.ts',
    from: 'return verifies && skips',
    to: 'return skips',
    tests: ['core/call/links.test.ts'],
  },
  {
    guard: 'only a code that was right grants',
    file: 'app/turn.ts',
    from: "task.type === 'verify-code' && result.path === 'right'",
    to: "task.type === 'verify-code'",
    tests: ['app/attacks.test.ts', 'app'],
  },
  {
    guard: 'a status leads only where its block says so',
    file: 'core/call/step.ts',
    from: "Object.hasOwn(paths, result.path) ? result.path : 'unknown path'",
    to: 'result.path',
    tests: ['core/call/deciding.test.ts', 'core/call', 'app/service-answers.test.ts'],
  },
  {
    guard: 'the hash of a code covers its challenge',
    file: 'adapters/codes/internal.ts',
    from: '[binding.challenge, binding.call, binding.account, binding.method, code]',
    to: '[binding.call, binding.account, binding.method, code]',
    tests: ['adapters/codes/internal.test.ts'],
  },
  {
    guard: 'the hash of a code covers its call',
    file: 'adapters/codes/internal.ts',
    from: '[binding.challenge, binding.call, binding.account, binding.method, code]',
    to: '[binding.challenge, binding.account, binding.method, code]',
    tests: ['adapters/codes/internal.test.ts'],
  },
  {
    guard: 'the hash of a code covers its account',
    file: 'adapters/codes/internal.ts',
    from: '[binding.challenge, binding.call, binding.account, binding.method, code]',
    to: '[binding.challenge, binding.call, binding.method, code]',
    tests: ['adapters/codes/internal.test.ts'],
  },
  {
    guard: 'the hash of a code covers its method',
    file: 'adapters/codes/internal.ts',
    from: '[binding.challenge, binding.call, binding.account, binding.method, code]',
    to: '[binding.challenge, binding.call, binding.account, code]',
    tests: ['adapters/codes/internal.test.ts'],
  },
];

/** Guards of the edges: webhooks, web services, destinations, what is stored and logged. */
const EDGES: readonly Guard[] = [
  {
    guard: 'nobody signs with an empty token',
    file: 'adapters/channels/twilio/signature.ts',
    from: "token !== '' && ",
    to: '',
    tests: ['adapters/channels/signature.test.ts'],
  },
  {
    guard: 'a caught address is good for no shorter one',
    file: 'adapters/channels/twilio/signature.ts',
    from: '  if (names.some((name) => isEndOf(target, name))) return true;\n',
    to: '',
    tests: ['adapters/channels/signature.test.ts'],
  },
  {
    guard: 'no variable comes in that the signature does not cover',
    file: 'adapters/channels/twilio/signature.ts',
    from: "if (target.split('&').length > MOST_IN_QUERY) return false;",
    to: '',
    tests: ['adapters/channels/signature.test.ts'],
  },
  {
    guard: 'calls whose number is withheld do not share a budget',
    file: 'adapters/channels/twilio/parameters.ts',
    from: "return WITHHELD.test(from) ? '' : from;",
    to: 'return from;',
    tests: ['app/lookups.test.ts'],
  },
  {
    guard: 'a caught webhook cannot be cut up into another',
    file: 'adapters/channels/twilio/signature.ts',
    from: ' || isCutUp(request)',
    to: '',
    tests: ['adapters/channels/signature.test.ts'],
  },
  {
    guard: 'a compressed answer is not opened',
    file: 'adapters/web-service/http.ts',
    from: "if (encoding !== '' && encoding !== 'identity') return",
    to: 'if (false) return',
    tests: ['adapters/web-service/http.test.ts'],
  },
  {
    guard: 'an answer counts with HTTP 2xx only',
    file: 'adapters/web-service/http.ts',
    from: 'if (status !== null && (status < 200 || status > 299)) return',
    to: 'if (false) return',
    tests: ['adapters/web-service/http.test.ts', 'app/service-answers.test.ts'],
  },
  {
    guard: 'an answer with two statuses says nothing',
    file: 'core/verification/contact-methods.ts',
    from: 'more.length > 0 || ',
    to: '',
    tests: ['core/verification/contact-methods.test.ts', 'app/service-answers.test.ts'],
  },
  {
    guard: "an answer of the callflow's own service with two statuses says nothing",
    file: 'core/service-answer.ts',
    from: ' || others.length > 0',
    to: '',
    tests: ['app/services.test.ts'],
  },
  {
    guard: 'an address inside our own network is not called',
    file: 'adapters/outbound/outbound-guard.ts',
    from: 'else if (isIP(target.hostname) !== 0 && !isPublic(target.hostname))',
    to: 'else if (false)',
    tests: ['adapters/outbound/outbound-guard.test.ts'],
  },
  {
    guard: 'a name that leads into our own network is not called',
    file: 'adapters/outbound/outbound-guard.ts',
    from: '!addresses.every(({ address }) => isPublic(address))',
    to: 'false',
    tests: ['adapters/outbound/outbound-guard.test.ts'],
  },
  {
    guard: 'what is sealed for one place does not open in another',
    file: 'adapters/stores/vault.ts',
    from: '{ authTagLength: TAG_BYTES }).setAAD(bound).setAuthTag(tag)',
    to: '{ authTagLength: TAG_BYTES }).setAuthTag(tag)',
    tests: [STORE, 'adapters/stores'],
  },
  {
    guard: 'a refusal of one request does not open the circuit of a service',
    file: 'adapters/outbound/outbound.ts',
    from: 'if (status !== null && status >= 500)',
    to: 'if (status !== null && status >= 300)',
    tests: ['adapters/outbound/outbound.test.ts'],
  },
  {
    guard: 'a refusal of one message does not open the circuit of the mail server',
    file: 'adapters/delivery/email.ts',
    from: ' && !isAnswer ?',
    to: ' ?',
    tests: ['adapters/delivery/email.test.ts'],
  },
  {
    guard: 'a dependency that fails again and again is left alone',
    file: 'adapters/outbound/dependency.ts',
    from: '.fault !== null),\n',
    to: '.fault === undefined),\n',
    tests: ['adapters/outbound/dependency.test.ts'],
  },
  {
    guard: 'the circuit closes again',
    file: 'adapters/outbound/dependency.ts',
    from: 'halfOpenAfter: OPEN_FOR',
    to: 'halfOpenAfter: 60 * OPEN_FOR',
    tests: ['adapters/outbound/dependency.test.ts'],
  },
  {
    guard: 'nobody waits for a dependency past its own deadline',
    file: 'adapters/outbound/dependency.ts',
    from: 'const late = setTimeout(() => leave(new TaskCancelledError()), timeout);',
    to: 'const late = setTimeout(() => {}, timeout);',
    tests: ['adapters/outbound/outbound.test.ts'],
  },
  {
    guard: 'an email goes to exactly one mailbox',
    file: 'adapters/delivery/email.ts',
    from: "  if (to === null) return { outcome: 'error', accepted: false, reason: 'the recipient is not exactly one mailbox' };\n",
    to: '',
    tests: ['adapters/delivery/email.test.ts', 'adapters/delivery/contract.test.ts'],
  },
];

/** THE list of guards. */
export const GUARDS: readonly Guard[] = [...COUNTING, ...TURNS, ...PROOF, ...EDGES];
