/**
 * One thing a store does, as a generator: it yields statements and receives their rows, so that a synchronous and an
 * asynchronous driver run the same code, each operation in one transaction. Operations that touch the same call, account,
 * budget or sign-in come one after the other: each says so first by `holdRow` or `holdName`.
 */
export type Operation<T> = Generator<Statement, T, readonly Row[]>;

/** SQL that SQLite and PostgreSQL both speak, with `?` for each parameter. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly Value[];
  /** `rows`: the operation goes on with them, `row`: with the first. `none`: it goes on at once. `hold`: it goes on at once, alone. */
  readonly gives: 'rows' | 'row' | 'none' | 'hold';
}

export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/** Runs operations; resolves only after the change is durable. It may call `operation` again after a conflict. */
export type Run = <T>(operation: () => Operation<T>) => Promise<T>;

export function* all<R extends Row>(sql: string, ...params: readonly Value[]): Operation<readonly R[]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a row is what its SELECT, next to R, names
  return (yield { sql, params, gives: 'rows' }) as readonly R[];
}

export function* first<R extends Row>(sql: string, ...params: readonly Value[]): Operation<R | undefined> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return ((yield { sql, params, gives: 'row' }) as readonly R[])[0];
}

export function* change(sql: string, ...params: readonly Value[]): Operation<void> {
  yield { sql, params, gives: 'none' };
}

/** Nobody else changes the row, or holds it, before the end of the transaction; a row that is not there holds nobody up. */
export function* holdRow(table: 'calls' | 'sign_ins', key: 'id' | 'token_hash', value: string): Operation<void> {
  yield { sql: `SELECT 1 AS held FROM ${table} WHERE ${key} = ? FOR UPDATE`, params: [value], gives: 'hold' };
}

/** The same for what may have no row yet; `name` is a keyed hash. */
export function* holdName(name: string): Operation<void> {
  yield { sql: 'SELECT pg_advisory_xact_lock(hashtextextended(?, 0))', params: [name], gives: 'hold' };
}
