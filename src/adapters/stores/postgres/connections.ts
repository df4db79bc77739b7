import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Row, Statement } from '../sql/operation.ts';

/** How long one statement may take, milliseconds: a caller has a reply within 5 s, whatever the database does. */
const STATEMENT_LASTS = 3_000;
/** How long its answer is waited for: a server that has stopped without a word ends no statement by itself. */
const ANSWER_WITHIN = 3_500;
/** How long a connection is waited for, milliseconds: a new one, or one that is in use. */
const CONNECT_WITHIN = 3_000;

export interface ConnectionOptions {
  readonly url: string;
  /** Most connections at a time. */
  readonly most: number;
  /** Looks at each new connection before it is used; one that it rejects is not. */
  readonly onConnect: (client: pg.ClientBase) => Promise<void>;
}

/** Statements follow each other on a connection without waiting for the answers between them. */
export function connections({ url, most, onConnect }: ConnectionOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: most,
    application_name: 'dialproof',
    connectionTimeoutMillis: CONNECT_WITHIN,
    query_timeout: ANSWER_WITHIN,
    statement_timeout: STATEMENT_LASTS,
    idle_in_transaction_session_timeout: STATEMENT_LASTS,
    keepAlive: true,
    pipeline: true,
    types: TYPES,
    onConnect,
  });
  // A connection that breaks is replaced, and whoever has it learns of it by its statements.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}

const TYPES: pg.CustomTypesConfig = {
  getTypeParser: (type, format) =>
    // Times and counts: all of them fit a number.
    type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format),
};

/** Prepared once in each connection, under a name that is made of its text. */
export async function query<R extends pg.QueryResultRow = Row>(
  client: pg.ClientBase | pg.Pool,
  statement: Pick<Statement, 'sql' | 'params'>,
): Promise<readonly R[]> {
  const { name, text } = prepared(statement.sql);
  const { rows } = await client.query<R>({ name, text, values: [...statement.params] });
  return rows;
}

interface Prepared {
  readonly name: string;
  readonly text: string;
}

const known = new Map<string, Prepared>();

function prepared(sql: string): Prepared {
  const before = known.get(sql);
  if (before) return before;
  let parameters = 0;
  const text = sql.replaceAll('?', () => `$${++parameters}`);
  const made = { name: createHash('sha256').update(text).digest('base64url').slice(0, 22), text };
  known.set(sql, made);
  return made;
}
