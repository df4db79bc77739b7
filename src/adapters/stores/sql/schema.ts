import { DialproofError } from '../../../core/errors.ts';
import { change, first, type Operation } from './operation.ts';

/** What the databases spell differently. */
export interface Dialect {
  readonly bytes: 'BLOB' | 'BYTEA';
  /** 64 bits. */
  readonly integer: 'INTEGER' | 'BIGINT';
  /** A column that numbers its rows. */
  readonly serial: string;
  /** After the closing parenthesis of a table. */
  readonly table: 'STRICT' | '';
}

/**
 * Plain columns hold only CallSid, callflow, revision, times, block, path and exit names, method, masked destination,
 * counts, and random names of authenticators and devices. Columns named `*_hash` and `*_key` hold keyed hashes; those of type `bytes` are sealed.
 */
export const MIGRATIONS: readonly ((dialect: Dialect) => readonly string[])[] = [
  ({ bytes, integer, serial, table }) => [
    `CREATE TABLE store_keys (id ${integer} PRIMARY KEY, wrapped ${bytes} NOT NULL) ${table}`,
    `CREATE TABLE health (id ${integer} PRIMARY KEY, written_at ${integer} NOT NULL) ${table}`,
    `CREATE TABLE calls (
      id TEXT PRIMARY KEY,
      phase TEXT NOT NULL CHECK (phase IN ('active', 'away', 'ended')),
      entry ${integer} NOT NULL,
      turns ${integer} NOT NULL DEFAULT 0,
      sends ${integer} NOT NULL DEFAULT 0,
      attempts ${integer} NOT NULL DEFAULT 0,
      callflow TEXT NOT NULL,
      revision TEXT NOT NULL DEFAULT '',
      block TEXT NOT NULL DEFAULT '',
      exit_name TEXT,
      started_at ${integer} NOT NULL,
      last_seen_at ${integer} NOT NULL,
      ended_at ${integer},
      purged_at ${integer},
      state ${bytes}
    ) ${table}`,
    'CREATE INDEX calls_going_on ON calls (last_seen_at) WHERE ended_at IS NULL',
    'CREATE INDEX calls_to_purge ON calls (ended_at) WHERE purged_at IS NULL',
    'CREATE INDEX calls_to_forget ON calls (ended_at) WHERE purged_at IS NOT NULL',
    `CREATE TABLE turns (
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      turn_key TEXT NOT NULL,
      entry ${integer} NOT NULL,
      input ${bytes} NOT NULL,
      reply ${bytes},
      holder_hash TEXT NOT NULL,
      lease_until ${integer} NOT NULL,
      PRIMARY KEY (call_id, turn_key)
    ) ${table}`,
    `CREATE TABLE tasks (
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      task_key TEXT NOT NULL,
      turn ${integer} NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'done', 'dropped')),
      started_at ${integer} NOT NULL,
      lease_until ${integer} NOT NULL,
      content ${bytes} NOT NULL,
      PRIMARY KEY (call_id, task_key)
    ) ${table}`,
    `CREATE TABLE charges (
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      charge_key TEXT NOT NULL,
      outcome ${bytes} NOT NULL,
      refunded_at ${integer},
      PRIMARY KEY (call_id, charge_key)
    ) ${table}`,
    `CREATE TABLE challenges (
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      challenge_key TEXT NOT NULL,
      ordinal ${integer} NOT NULL,
      account_hash TEXT NOT NULL,
      method TEXT NOT NULL,
      destination_hash TEXT NOT NULL,
      masked TEXT NOT NULL,
      report_hash TEXT NOT NULL,
      code ${bytes} NOT NULL,
      issued_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      attempts ${integer} NOT NULL DEFAULT 0,
      attempts_most ${integer} NOT NULL,
      used_at ${integer},
      used_by_key TEXT,
      closed_at ${integer},
      closed_why TEXT,
      PRIMARY KEY (call_id, challenge_key)
    ) ${table}`,
    `CREATE TABLE grants (
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      account_hash TEXT NOT NULL,
      granted_at ${integer} NOT NULL,
      PRIMARY KEY (call_id, account_hash)
    ) ${table}`,
    `CREATE TABLE accounts (
      account_hash TEXT PRIMARY KEY,
      failures ${integer} NOT NULL,
      last_failure_at ${integer} NOT NULL
    ) ${table}`,
    `CREATE TABLE budgets (
      budget_key TEXT NOT NULL,
      bucket ${integer} NOT NULL,
      used ${integer} NOT NULL,
      past_at ${integer} NOT NULL,
      PRIMARY KEY (budget_key, bucket)
    ) ${table}`,
    'CREATE INDEX budgets_past ON budgets (past_at)',
    `CREATE TABLE audit (
      id ${serial},
      call_id TEXT NOT NULL,
      happened_at ${integer} NOT NULL,
      kind TEXT NOT NULL,
      account_hash TEXT,
      method TEXT,
      masked TEXT,
      detail TEXT
    ) ${table}`,
    'CREATE INDEX audit_by_time ON audit (happened_at)',
  ],
  ({ bytes, integer, table }) => [
    `CREATE TABLE libraries (
      revision TEXT PRIMARY KEY,
      kept_at ${integer} NOT NULL,
      texts ${bytes} NOT NULL
    ) ${table}`,
    'CREATE INDEX calls_by_revision ON calls (revision) WHERE purged_at IS NULL',
  ],
  ({ integer }) => [
    `ALTER TABLE challenges ADD COLUMN failed_at ${integer}`,
    'CREATE INDEX challenges_by_report ON challenges (report_hash)',
  ],
  ({ bytes, integer, table }) => [
    `CREATE TABLE code_calls (
      report_hash TEXT PRIMARY KEY,
      call_id TEXT NOT NULL REFERENCES calls (id) ON DELETE CASCADE,
      ended_at ${integer},
      content ${bytes} NOT NULL
    ) ${table}`,
    'CREATE INDEX code_calls_by_call ON code_calls (call_id)',
  ],
  ({ bytes, integer, table }) => [
    `CREATE TABLE authenticators (
      id TEXT PRIMARY KEY,
      account_hash TEXT NOT NULL,
      secret ${bytes},
      enrolled_at ${integer} NOT NULL,
      confirmed_at ${integer},
      revoked_at ${integer},
      last_step ${integer} NOT NULL DEFAULT 0
    ) ${table}`,
    'CREATE INDEX authenticators_by_account ON authenticators (account_hash)',
  ],
  ({ bytes, integer, table }) => [
    `CREATE TABLE devices (
      id TEXT PRIMARY KEY,
      account_hash TEXT NOT NULL,
      fingerprint_hash TEXT NOT NULL,
      name ${bytes} NOT NULL,
      remembered_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      seen_at ${integer} NOT NULL,
      last_sign_in_at ${integer} NOT NULL,
      last_authorised_at ${integer} NOT NULL,
      revoked_at ${integer},
      revoked_why TEXT
    ) ${table}`,
    'CREATE INDEX devices_by_account ON devices (account_hash)',
    'CREATE INDEX devices_to_forget ON devices ((COALESCE(revoked_at, expires_at)))',
    `CREATE TABLE device_tokens (
      token_hash TEXT PRIMARY KEY,
      device_id TEXT NOT NULL REFERENCES devices (id) ON DELETE CASCADE,
      replaced_at ${integer}
    ) ${table}`,
    'CREATE INDEX device_tokens_by_device ON device_tokens (device_id)',
    `CREATE TABLE sign_ins (
      token_hash TEXT PRIMARY KEY,
      call_id TEXT NOT NULL,
      account_hash TEXT NOT NULL,
      content ${bytes} NOT NULL,
      opened_at ${integer} NOT NULL,
      expires_at ${integer} NOT NULL,
      browser_hash TEXT,
      locale TEXT,
      remember ${integer} NOT NULL DEFAULT 0,
      passed_at ${integer},
      ticket_hash TEXT,
      ticket_expires_at ${integer},
      ttl ${integer}
    ) ${table}`,
    'CREATE UNIQUE INDEX sign_ins_by_ticket ON sign_ins (ticket_hash)',
    'CREATE INDEX sign_ins_with_ticket ON sign_ins (account_hash) WHERE ticket_hash IS NOT NULL',
    'CREATE INDEX sign_ins_to_forget ON sign_ins (expires_at)',
  ],
  // Null: the version that it was made for must not take what this one has moved on.
  () => ['ALTER TABLE calls ADD COLUMN nonce_hash TEXT'],
  () => ['CREATE INDEX calls_by_start ON calls (started_at)', 'CREATE INDEX audit_by_call ON audit (call_id)'],
];

/** Brings the tables up to date. Throws `store-unavailable` when a newer Dialproof has changed them already. */
export function* migrate(dialect: Dialect): Operation<void> {
  yield* change(`CREATE TABLE IF NOT EXISTS schema_version (version ${dialect.integer} PRIMARY KEY) ${dialect.table}`);
  const row = yield* first<{ version: number | null }>('SELECT MAX(version) AS version FROM schema_version');
  const version = row?.version ?? 0;
  if (version > MIGRATIONS.length) {
    throw new DialproofError(
      'store-unavailable',
      `The store has schema version ${version}, and this Dialproof knows versions up to ${MIGRATIONS.length}.`,
      { fix: 'Start the newer Dialproof that used this store last, or give this one a store of its own.' },
    );
  }
  for (const [index, migration] of MIGRATIONS.entries()) {
    if (index < version) continue;
    for (const sql of migration(dialect)) yield* change(sql);
    yield* change('INSERT INTO schema_version (version) VALUES (?)', index + 1);
  }
}
