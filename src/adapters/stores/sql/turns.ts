import type { Claimed, ClaimWon, Reply, TurnClaim } from '../../../core/contracts/turns.ts';
import type { TurnKey } from '../../../core/call/session.ts';
import type { Incoming } from '../../../core/call/input.ts';
import { isHeld, turnParts } from '../turn-rules.ts';
import type { Vault } from '../vault.ts';
import { accountHash } from './audit.ts';
import { holdCall, storedCall, type CallRow } from './calls.ts';
import { change, first, type Operation } from './operation.ts';
import { undeliveredIn } from './reports.ts';
import { openJson, sealJson, type Place } from './sealed-json.ts';
import { latestTask } from './tasks.ts';

export type TurnRow = {
  readonly call_id: string;
  readonly turn_key: string;
  readonly entry: number;
  readonly input: Uint8Array;
  readonly reply: Uint8Array | null;
  readonly holder_hash: string;
  readonly lease_until: number;
};

export function* findTurn(
  vault: Vault,
  call: string,
  at: { readonly key: TurnKey; readonly entry: number },
): Operation<TurnRow | undefined> {
  return yield* first<TurnRow>(
    `SELECT call_id, turn_key, entry, input, reply, holder_hash, lease_until
     FROM turns WHERE call_id = ? AND turn_key = ?`,
    call,
    turnHash(vault, call, at),
  );
}

export function holderHash(vault: Vault, holder: string): string {
  return vault.mac('holder', [holder]);
}

export function replyOf(vault: Vault, row: TurnRow): Reply | null {
  return row.reply && openJson(vault, row.reply, replyPlace(row.call_id, row.turn_key));
}

/** What a turn was claimed with. */
export function inputOf(vault: Vault, row: TurnRow): Incoming {
  return openJson(vault, row.input, inputPlace(row.call_id, row.turn_key));
}

export function* saveReply(vault: Vault, row: Pick<TurnRow, 'call_id' | 'turn_key'>, reply: Reply): Operation<void> {
  const sealed = sealedReply(vault, reply, { call: row.call_id, turnKey: row.turn_key });
  yield* change('UPDATE turns SET reply = ? WHERE call_id = ? AND turn_key = ?', sealed, row.call_id, row.turn_key);
}

/** A turn that nobody has claimed before: won, and not written yet. */
export interface Fresh {
  readonly kind: 'fresh';
  readonly won: ClaimWon;
  readonly turnKey: string;
}

export function* claimFresh(
  vault: Vault,
  claim: TurnClaim,
  at: { call: CallRow; entry: number; turnKey?: string; has?: Belongings },
): Operation<Fresh> {
  const turnKey = at.turnKey ?? turnHash(vault, claim.call, { key: claim.key, entry: at.entry });
  return { kind: 'fresh', won: yield* won(vault, claim, { ...at, input: claim.input, takenOver: false }), turnKey };
}

export function* insertClaim(vault: Vault, claim: TurnClaim, { won: { entry }, turnKey }: Fresh): Operation<void> {
  yield* change(
    'INSERT INTO turns (call_id, turn_key, entry, input, holder_hash, lease_until) VALUES (?, ?, ?, ?, ?, ?)',
    claim.call,
    turnKey,
    entry,
    sealedInput(vault, claim, turnKey),
    holderHash(vault, claim.holder),
    claim.now + claim.lease,
  );
}

/** With its reply at once: nobody takes it over, and what was heard is kept of a start alone, which tells its repeats. */
export function* insertAnswered(
  vault: Vault,
  claim: TurnClaim,
  {
    fresh: {
      won: { entry },
      turnKey,
    },
    reply,
  }: { readonly fresh: Fresh; readonly reply: Reply },
): Operation<void> {
  yield* change(
    `INSERT INTO turns (call_id, turn_key, entry, input, reply, holder_hash, lease_until)
     VALUES (?, ?, ?, ?, ?, '', ?)`,
    claim.call,
    turnKey,
    entry,
    claim.key.kind === 'start' ? sealedInput(vault, claim, turnKey) : NOTHING,
    sealedReply(vault, reply, { call: claim.call, turnKey }),
    claim.now,
  );
}

const NOTHING = new Uint8Array(0);

/** The rows on claims: the stored reply, busy while the lease runs, and null when the claim may be taken over. */
export function standingClaim(vault: Vault, row: TurnRow, claim: TurnClaim): Claimed | null {
  const reply = replyOf(vault, row);
  if (reply) return { kind: 'saved', reply };
  return isHeld(row.lease_until, claim) ? { kind: 'busy' } : null;
}

/** The process that claimed `row` has died: this one runs what it had claimed. */
export function* takeOver(vault: Vault, claim: TurnClaim, at: { call: CallRow; row: TurnRow }): Operation<ClaimWon> {
  const { call, row } = at;
  yield* change(
    'UPDATE turns SET holder_hash = ?, lease_until = ? WHERE call_id = ? AND turn_key = ?',
    holderHash(vault, claim.holder),
    claim.now + claim.lease,
    row.call_id,
    row.turn_key,
  );
  return yield* won(vault, claim, { call, entry: row.entry, input: inputOf(vault, row), takenOver: true });
}

function* won(
  vault: Vault,
  claim: TurnClaim,
  at: { call: CallRow; entry: number; input: Incoming; takenOver: boolean; has?: Belongings },
): Operation<ClaimWon> {
  const { call, now } = claim;
  const has = at.has ?? (yield* first<Belongings>(`SELECT ${BELONGINGS} FROM calls WHERE id = ?`, call));
  const granted = new Set(has?.granted?.split(' '));
  return {
    kind: 'won',
    call: storedCall(vault, at.call),
    entry: at.entry,
    input: at.input,
    takenOver: at.takenOver,
    task: has?.has_task ? yield* latestTask(vault, call, now) : null,
    verified: (account) => granted.has(accountHash(vault, account)),
    undelivered: has?.has_failed ? yield* undeliveredIn(vault, call, now) : () => false,
  };
}

/** What else a call has: most turns find none of it, and ask no further. */
type Belongings = {
  /** Hashes of accounts, one after the other, with spaces; null for none. */
  readonly granted: string | null;
  /** A task that has not been dropped. */
  readonly has_task: number | null;
  /** A code that was reported not to have arrived. */
  readonly has_failed: number | null;
};

const BELONGINGS = `(SELECT STRING_AGG(account_hash, ' ') FROM grants WHERE call_id = calls.id) AS granted,
    (SELECT MAX(1) FROM tasks WHERE call_id = calls.id AND state <> 'dropped') AS has_task,
    (SELECT MAX(1) FROM challenges WHERE call_id = calls.id AND failed_at IS NOT NULL) AS has_failed`;

export function turnHash(vault: Vault, call: string, at: { readonly key: TurnKey; readonly entry: number }): string {
  return vault.mac('turn', [call, ...turnParts(at.key, at.entry)]);
}

/** The call, one of its turns where somebody has claimed it, and what else the call has: one row of all. */
export function* findCallAndTurn(call: string, turnKey: string): Operation<CallAndTurn | undefined> {
  yield* holdCall(call);
  return yield* first<CallAndTurn>(CALL_AND_TURN, turnKey, call);
}

export type CallAndTurn = CallRow &
  Belongings & {
    readonly turn_key: string | null;
    readonly turn_entry: number;
    readonly input: Uint8Array;
    readonly reply: Uint8Array | null;
    readonly holder_hash: string;
    readonly lease_until: number;
  };

const CALL_AND_TURN = `SELECT calls.id, calls.phase, calls.entry, calls.turns, calls.sends, calls.attempts,
    calls.last_seen_at, calls.revision, calls.state, claimed.turn_key, claimed.entry AS turn_entry, claimed.input,
    claimed.reply, claimed.holder_hash, claimed.lease_until, ${BELONGINGS}
  FROM calls LEFT JOIN turns AS claimed ON claimed.call_id = calls.id AND claimed.turn_key = ?
  WHERE calls.id = ?`;

/** The turn of such a row. */
export function turnOf({ id, turn_key, turn_entry, ...row }: CallAndTurn): TurnRow | undefined {
  if (turn_key === null) return undefined;
  const { input, reply, holder_hash, lease_until } = row;
  return { call_id: id, turn_key, entry: turn_entry, input, reply, holder_hash, lease_until };
}

export function sealedInput(vault: Vault, { call, input }: TurnClaim, turnKey: string): Uint8Array {
  return sealJson(vault, input, inputPlace(call, turnKey));
}

export function sealedReply(
  vault: Vault,
  reply: Reply,
  at: { readonly call: string; readonly turnKey: string },
): Uint8Array {
  return sealJson(vault, reply, replyPlace(at.call, at.turnKey));
}

function inputPlace(call: string, turnKey: string): Place<Incoming> {
  return { at: [call, turnKey, 'input'] };
}

function replyPlace(call: string, turnKey: string): Place<Reply> {
  return { at: [call, turnKey, 'reply'] };
}
