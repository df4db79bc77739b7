/**
 * One thing a store does, as a generator: it yields statements and receives their rows, so that a synchronous and an
 * asynchronous driver run the same code. A driver runs each operation alone (serializable) in one transaction.
 */
export type Operation<T> = Generator<Statement, T, readonly Row[]>;

/** SQL that SQLite and PostgreSQL both speak, with `?` for each parameter. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly Value[];
}

export type Value = string | number | null | Uint8Array;
export type Row = Readonly<Record<string, Value>>;

/** Runs operations; resolves only after the change is durable. It may call `operation` again after a conflict. */
export type Run = <T>(operation: () => Operation<T>) => Promise<T>;

export function* all<R extends Row>(sql: string, ...params: readonly Value[]): Operation<readonly R[]> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a row is what its SELECT, next to R, names
  return (yield { sql, params }) as readonly R[];
}

export function* first<R extends Row>(sql: string, ...params: readonly Value[]): Operation<R | undefined> {
  return (yield* all<R>(sql, ...params))[0];
}

export function* change(sql: string, ...params: readonly Value[]): Operation<void> {
  yield { sql, params };
}
