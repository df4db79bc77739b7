import type { AuditEvent } from '../../../src/core/contracts/audit.ts';
import type { AttemptCharge, ChargeKey, Consume, NewChallenge, SendCharge } from '../../../src/core/contracts/codes.ts';
import type { Keyring } from '../../../src/core/contracts/keyring.ts';
import type { Store } from '../../../src/core/contracts/store.ts';
import type { CallUpdate, Claimed, ClaimWon, Reply, TurnClaim } from '../../../src/core/contracts/turns.ts';
import type { CallState, TurnKey, Waiting } from '../../../src/core/call/session.ts';
import type { AccountStanding } from '../../../src/core/verification/lock.ts';

/** A store under test, and what no contract shows of it. */
export interface Opened {
  readonly store: Store;
  readonly keyring: Keyring;
  /** The audit trail, oldest first. */
  readonly audit: () => Promise<readonly AuditLine[]>;
  /** Why the codes of all calls were closed, oldest first; null for one that was not. */
  readonly closedWhy: () => Promise<readonly (string | null)[]>;
  /** How many calls still have what their next turn would need. */
  readonly states: () => Promise<number>;
  /** Writes what cannot be believed, wherever such a count stands. */
  readonly damage: (damage: Damage) => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** A store that keeps bytes outside of its process. */
export interface OpenedAtRest extends Opened {
  /** Runs plain SQL on the database: reads rows, or moves what is sealed. */
  readonly sql: (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** Every byte the database keeps. */
  readonly bytes: () => Promise<Buffer>;
}

/** One line of the audit trail; null for what it does not say. */
export interface AuditLine {
  /** Empty where an operator did it. */
  readonly call: string;
  readonly at: number;
  readonly kind: AuditEvent['kind'];
  /** Keyed hash. */
  readonly account: string | null;
  readonly method: string | null;
  readonly masked: string | null;
  readonly detail: string | null;
}

export interface Damage {
  /** Tried against each code. */
  readonly attempts?: number;
  /** Of each account. */
  readonly standing?: Partial<AccountStanding>;
  /** Of each call. */
  readonly sends?: number;
  /** Of the oldest bucket of all budgets. */
  readonly used?: number;
  /** Of each authenticator. */
  readonly lastStep?: number;
  /** When each device was remembered. */
  readonly rememberedAt?: number;
  /** When each token of a device was replaced, where it was. */
  readonly replacedAt?: number;
  /** The end of each device, sign-in and ticket. */
  readonly expiresAt?: number;
}

export const T0 = Date.UTC(2026, 0, 5, 9);
export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const LEASE = 8 * SECOND;
export const RETENTION = { auditMs: 90 * DAY };

export const CALL = 'CA00000000000000000000000000000001';
export const ACCOUNT = '4711-account';
export const DESTINATION = '+12025550123';
export const START: TurnKey = { kind: 'start', callflow: 'main', query: 'a=1' };
export const OTHER_START: TurnKey = { kind: 'start', callflow: 'two-factor', query: '' };

export const turn = (nonce: string): TurnKey => ({ kind: 'turn', nonce });
export const fallback = (url: string): TurnKey => ({ kind: 'fallback', url });
export const reply = (body: string): Reply => ({ type: 'text/xml', body });

let names = 0;
export const fresh = (what: string): string => `${what}-${++names}`;

export function claimOf(key: TurnKey, changes: Partial<TurnClaim> = {}): TurnClaim {
  const input = { type: 'keys', digits: '1' } as const;
  return { call: CALL, key, input, holder: fresh('holder'), now: T0, lease: LEASE, ...changes };
}

export function stateOf(
  nonce: string,
  issuedBy: CallState['issuedBy'],
  waiting: Waiting = { for: 'keys', leftover: null },
): CallState {
  const session: CallState['session'] = { revision: 'r1', frames: [], locale: 'en-US', test: false, unsaid: [] };
  return { session, nonce, issuedBy, waiting };
}

export interface Saving extends Partial<Omit<CallUpdate, 'state'>> {
  /** The nonce that the saved reply issues. */
  readonly nonce?: string;
  readonly waiting?: Waiting;
  readonly body?: string;
}

/** What the app would save for a turn it has won. */
export function saveOf(claim: TurnClaim, won: ClaimWon, saving: Saving = {}) {
  const { nonce = fresh('nonce'), waiting, body = `reply to ${claim.holder}`, ...changes } = saving;
  const update: CallUpdate = {
    phase: 'active',
    entry: won.entry,
    turns: won.call?.turns ?? 0,
    state: stateOf(nonce, { key: claim.key, entry: won.entry }, waiting),
    place: { callflow: 'main', revision: 'r1', block: 'menu', exit: null },
    audit: [],
    ...changes,
  };
  return { call: claim.call, key: claim.key, holder: claim.holder, now: claim.now, reply: reply(body), update };
}

export function mustWin(claimed: Claimed): ClaimWon {
  if (claimed.kind !== 'won') throw new Error(`The claim was answered ${claimed.kind}.`);
  return claimed;
}

/** Claims and saves one turn; answers with the nonce its reply issued. */
export async function take(store: Store, claim: TurnClaim, saving: Saving = {}): Promise<string> {
  const nonce = saving.nonce ?? fresh('nonce');
  const won = mustWin(await store.claimTurn(claim));
  const saved = await store.saveTurn(saveOf(claim, won, { ...saving, nonce }));
  if (saved.kind !== 'saved') throw new Error(`The turn was answered ${saved.kind}.`);
  return nonce;
}

/** A new call whose first reply is saved; answers with the nonce of its first question. */
export function begin(store: Store, changes: Partial<TurnClaim> = {}): Promise<string> {
  return take(store, claimOf(START, changes));
}

export function chargeKey(changes: Partial<ChargeKey> = {}): ChargeKey {
  return { call: CALL, turn: turn(fresh('nonce')), entry: 1, n: '1', ...changes };
}

export function sendOf(changes: Partial<SendCharge> = {}): SendCharge {
  return {
    key: chargeKey(),
    now: T0,
    account: ACCOUNT,
    method: 'sms',
    destination: DESTINATION,
    masked: '***23',
    most: 3,
    spacing: 0,
    budgets: [],
    ...changes,
  };
}

export function challengeOf(changes: Partial<NewChallenge> = {}): NewChallenge {
  return {
    id: fresh('challenge'),
    call: CALL,
    account: ACCOUNT,
    method: 'sms',
    destination: DESTINATION,
    masked: '***23',
    mac: fresh('mac'),
    issuedAt: T0,
    expiresAt: T0 + 5 * MINUTE,
    attempts: 3,
    report: fresh('report'),
    ...changes,
  };
}

export function attemptOf(changes: Partial<AttemptCharge> = {}): AttemptCharge {
  return { key: chargeKey(), now: T0, account: ACCOUNT, ...changes };
}

export function consumeOf(challenge: string, changes: Partial<Consume> = {}): Consume {
  return {
    key: chargeKey(),
    now: T0,
    challenge,
    account: ACCOUNT,
    failures: 1,
    deadline: T0 + 20 * SECOND,
    ...changes,
  };
}

/** A call with one live code; answers with that code's id. */
export async function withCode({ store }: Opened, changes: Parameters<typeof challengeOf>[0] = {}): Promise<string> {
  await begin(store);
  const challenge = challengeOf(changes);
  await store.openChallenge(challenge);
  return challenge.id;
}

/** As many wrong attempts as that, each against a new code, all at `now`. */
export async function failTimes(store: Store, times: number, now: number = T0): Promise<void> {
  for (let failure = 0; failure < times; failure += 1) {
    await store.openChallenge(challengeOf({ issuedAt: now, expiresAt: now + 5 * MINUTE }));
    await store.chargeAttempt(attemptOf({ now }));
  }
}

/** How often each kind of answer was given. */
export function tally(answers: readonly { readonly kind: string }[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of answers) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
