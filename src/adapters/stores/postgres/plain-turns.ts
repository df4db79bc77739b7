import type { TurnKey } from '../../../core/call/session.ts';
import type {
  AtOnce,
  CallUpdate,
  Claimed,
  ClaimWon,
  Saved,
  TurnClaim,
  TurnSave,
} from '../../../core/contracts/turns.ts';
import { SILENT_FOR } from '../kept-for.ts';
import { sealState } from '../sql/call-state.ts';
import { storedCall, type CallRow } from '../sql/calls.ts';
import { first, type Operation, type Value } from '../sql/operation.ts';
import { saveWon } from '../sql/save-turn.ts';
import { isUndelivered, NEWEST_CODE, type NewestCode } from '../sql/reports.ts';
import { heldTask, type TaskRow } from '../sql/tasks.ts';
import { holderHash, isGranted, nonceHash, sealedInput, sealedReply, turnHash } from '../sql/turns.ts';
import { isAnswer } from '../turn-rules.ts';
import type { Vault } from '../vault.ts';
import type { Connected } from './connected.ts';

/**
 * The turns that most of all are: an answer to the question that the call stands at, first come, and its reply. One
 * statement each, where an operation takes several; null, with nothing changed, for whatever is not so plain.
 */
export function plainTurns(connected: Connected, vault: Vault) {
  return {
    async claim(claim: TurnClaim, atOnce?: AtOnce): Promise<Claimed | null> {
      const { key } = claim;
      if (key.kind !== 'turn' || claim.onlyKnown === true || !isAnswer(claim.input)) return null;
      return connected.run(() => claimPlain(vault, { ...claim, key }, atOnce));
    },
    async save(save: TurnSave): Promise<Saved | null> {
      if (!isPlain(save)) return null;
      const rows = await connected.ask({ sql: SAVE, params: saveParams(vault, save) });
      return rows.length > 0 ? { kind: 'saved' } : null;
    },
  };
}

type PlainClaim = TurnClaim & { readonly key: Extract<TurnKey, { kind: 'turn' }> };

/** Two round trips, whether it is answered at once or not: what is saved with the claim goes out with the commit. */
function* claimPlain(vault: Vault, claim: PlainClaim, atOnce?: AtOnce): Operation<Claimed | null> {
  const row = yield* first<ClaimedRow>(CLAIM, ...claimParams(vault, claim));
  if (row === undefined) return null;
  const won = wonOf(vault, claim, row);
  const answer = atOnce?.(won) ?? null;
  if (answer === null) return won;
  const { call, key, holder, now } = claim;
  yield* saveWon(vault, { call, key, holder, now, ...answer }, { won, lastSeenAt: row.last_seen_at });
  return { kind: 'answered', ...answer };
}

/** Of a duplicate at the same moment, the row of the claim comes second, and nothing comes of it. */
const CLAIM = `
WITH call AS (
  UPDATE calls SET last_seen_at = GREATEST(last_seen_at, $3)
  WHERE id = $1 AND nonce_hash = $2 AND phase <> 'ended' AND last_seen_at > $4
    AND NOT EXISTS (SELECT 1 FROM turns WHERE call_id = $1 AND turn_key = $2)
  RETURNING id, phase, entry, turns, sends, attempts, last_seen_at, state
), claimed AS (
  INSERT INTO turns (call_id, turn_key, entry, input, holder_hash, lease_until)
  SELECT id, $2, entry, $5, $6, $7 FROM call
  ON CONFLICT DO NOTHING RETURNING call_id
)
SELECT call.*, (SELECT STRING_AGG(account_hash, ' ') FROM grants WHERE call_id = $1) AS granted,
  task.task_key, task.state AS task_state, task.started_at, task.lease_until, task.content,
  ${NEWEST_CODE.map((column) => `code.${column}`).join(', ')}
FROM call JOIN claimed ON claimed.call_id = call.id
LEFT JOIN LATERAL (
  SELECT * FROM tasks WHERE call_id = $1 AND state <> 'dropped' ORDER BY turn DESC LIMIT 1
) AS task ON TRUE
LEFT JOIN LATERAL (SELECT * FROM challenges WHERE call_id = $1 ORDER BY ordinal DESC LIMIT 1) AS code ON TRUE`;

type ClaimedRow = Pick<CallRow, keyof CallRow> &
  Omit<TaskRow, 'state' | 'task_key'> &
  NewestCode & {
    /** One after the other, with spaces; null for none. */
    readonly granted: string | null;
    readonly task_key: string | null;
    readonly task_state: TaskRow['state'];
  };

function claimParams(vault: Vault, claim: PlainClaim): readonly Value[] {
  const { call, key, now } = claim;
  const turnKey = turnHash(vault, call, { key, entry: 0 });
  return [
    call,
    turnKey,
    now,
    now - SILENT_FOR,
    sealedInput(vault, claim, turnKey),
    holderHash(vault, claim.holder),
    now + claim.lease,
  ];
}

function wonOf(vault: Vault, { call, input, now }: TurnClaim, row: ClaimedRow): ClaimWon {
  const { task_key, task_state } = row;
  return {
    kind: 'won',
    call: storedCall(vault, row),
    entry: row.entry,
    input,
    takenOver: false,
    task: task_key === null ? null : heldTask(vault, { ...row, task_key, state: task_state }, { call, now }),
    verified: isGranted(vault, row.granted?.split(' ') ?? []),
    undelivered: isUndelivered(vault, row.account_hash === null ? undefined : row, now),
  };
}

/** The call is held before its turn is looked at, as everybody does who takes a claim over or moves the call on. */
const SAVE = `
WITH held AS (
  SELECT id FROM calls WHERE id = $1 AND turns = $2 AND phase <> 'ended' AND last_seen_at > $3 FOR UPDATE
), kept AS (
  UPDATE turns SET reply = $4 FROM held
  WHERE turns.call_id = held.id AND turns.turn_key = $5 AND turns.holder_hash = $6 AND turns.reply IS NULL
  RETURNING turns.call_id
)
UPDATE calls SET phase = 'active', entry = $7, turns = turns + 1, state = $8, nonce_hash = $9,
  callflow = $10, revision = $11, block = $12, exit_name = $13
FROM kept WHERE calls.id = kept.call_id RETURNING calls.id`;

type PlainSave = TurnSave & { readonly update: CallUpdate };

/** The call goes on to its next question, and nothing else is to be written. */
function isPlain(save: TurnSave): save is PlainSave {
  const { key, update } = save;
  return (
    key.kind === 'turn' &&
    update !== undefined &&
    update.phase === 'active' &&
    update.held === undefined &&
    update.dropped === undefined &&
    update.audit.length === 0 &&
    update.state.waiting.for !== 'dial' &&
    update.state.nonce !== '' &&
    update.state.nonce !== key.nonce
  );
}

function saveParams(vault: Vault, { call, key, holder, now, reply, update }: PlainSave): readonly Value[] {
  const { entry, turns, state, place } = update;
  const turnKey = turnHash(vault, call, { key, entry });
  return [
    call,
    turns,
    now - SILENT_FOR,
    sealedReply(vault, reply, { call, turnKey }),
    turnKey,
    holderHash(vault, holder),
    entry,
    sealState(vault, call, state),
    nonceHash(vault, call, state.nonce),
    place.callflow,
    place.revision,
    place.block,
    place.exit,
  ];
}
