import { DialproofError } from '../../../core/errors.ts';
import { unavailable } from '../unavailable.ts';

interface Fault {
  readonly why: string;
  readonly fix: string;
  /** Once that is done, a running server goes on by itself. */
  readonly back?: true;
}

const BACK = ' The server goes on by itself.';
const UNREACHABLE: Fault = {
  why: 'PostgreSQL cannot be reached',
  fix: 'See that it runs at the address in DATABASE_URL and may be reached from here.',
  back: true,
};
const STARTING: Fault = { why: 'PostgreSQL is starting or stopping', fix: 'Wait until it is up.', back: true };
const REFUSED: Fault = {
  why: 'PostgreSQL does not let us in',
  fix: 'See that the user, password and database in DATABASE_URL are right, and that pg_hba.conf allows them.',
};
const FORBIDDEN: Fault = {
  why: 'PostgreSQL does not allow it',
  fix: 'Make the user in DATABASE_URL the owner of the database: ALTER DATABASE the_database OWNER TO the_user.',
};
const READ_ONLY: Fault = {
  why: 'PostgreSQL is read-only here, a standby perhaps',
  fix: 'Let DATABASE_URL lead to the primary.',
  back: true,
};
const FULL: Fault = { why: "PostgreSQL's disk is full", fix: 'Make room on its disk.', back: true };
const CROWDED: Fault = {
  why: 'PostgreSQL has no connection left',
  fix: 'Raise its max_connections, or lower DATABASE_CONNECTIONS: all instances together must fit.',
  back: true,
};
const SLOW: Fault = {
  why: 'PostgreSQL takes too long',
  fix: 'Look at its load, and for what holds locks (pg_stat_activity).',
  back: true,
};
const BUSY: Fault = {
  why: 'all connections to PostgreSQL are in use',
  fix: 'Raise DATABASE_CONNECTIONS, or look why PostgreSQL is slow.',
  back: true,
};
const UNTRUSTED: Fault = {
  why: 'the certificate of PostgreSQL is not trusted',
  fix: 'Name the authority that signed it, &sslrootcert=/etc/dialproof/postgres-ca.pem in DATABASE_URL, and use the name of the server that the certificate is for.',
};
const WITHOUT_TLS: Fault = {
  why: 'PostgreSQL does not speak TLS',
  fix: 'Set ssl = on there, or take sslmode out of DATABASE_URL on a network that you trust.',
};
const NO_AUTHORITY: Fault = {
  why: 'sslrootcert in DATABASE_URL names a file that cannot be read',
  fix: "Name the certificate of the authority by its full path, and let the server's user read it.",
};
const MISSING: Fault = {
  why: 'the tables are not there',
  fix: 'Let DATABASE_URL lead to the database of before; a new one gets its tables when the server starts.',
};

/** All that docs/operators.md says what to do for. */
export const FAULTS: readonly Fault[] = [
  UNREACHABLE,
  STARTING,
  REFUSED,
  FORBIDDEN,
  READ_ONLY,
  FULL,
  CROWDED,
  SLOW,
  BUSY,
  UNTRUSTED,
  WITHOUT_TLS,
  NO_AUTHORITY,
  MISSING,
];

/** By SQLSTATE, or the class of it (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
const BY_STATE = new Map<string, Fault>([
  ['08', UNREACHABLE],
  ['25006', READ_ONLY],
  ['28', REFUSED],
  ['3D000', REFUSED],
  ['42501', FORBIDDEN],
  ['42P01', MISSING],
  ['53100', FULL],
  ['53300', CROWDED],
  ['40', SLOW],
  ['55P03', SLOW],
  ['57014', SLOW],
  ['57P', STARTING],
]);

/** By the system's code, or the driver's words, which have none. */
const BY_WORDS: readonly (readonly [RegExp, Fault])[] = [
  [/^(?:ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ENOENT)$/, UNREACHABLE],
  [/^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_\w+|ERR_TLS_\w+)$/, UNTRUSTED],
  [/^The server does not support SSL connections/, WITHOUT_TLS],
  [/^timeout exceeded when trying to connect/, BUSY],
  [/^Query read timeout/, SLOW],
  [/^(?:Connection terminated|Client has encountered a connection error)/, UNREACHABLE],
];

/**
 * How often it is worth trying again: another transaction was first, and the same operation, run again, sees what it did.
 * A row that is there already may have come from there, or from ourselves; of 50 that wait for each other, each round brings one through.
 */
const TRIES = new Map([
  ['23505', 4],
  ['26000', 3],
  ['40001', 60],
  ['40P01', 60],
]);

export function triesOf(error: unknown): number {
  return error instanceof CutOff ? 2 : (TRIES.get(codeOf(error)) ?? 1);
}

/** The connection ended, and nothing of its transaction was committed: a restart of PostgreSQL ends all that were idle. */
export class CutOff extends Error {
  override readonly name = 'CutOff';

  constructor(cause: unknown) {
    super('The connection ended before the commit.', { cause });
  }
}

export function isCutOff(error: unknown): boolean {
  return [UNREACHABLE, STARTING].includes(faultOf(error));
}

/** Whether the session no longer has the statements that were prepared in it, or has others: it is of no more use. */
export function hasLostStatements(error: unknown): boolean {
  return LOST_STATEMENTS.includes(codeOf(error));
}

/** Unknown, known already, with another plan: DISCARD ALL, or a pooler that hands out one session after the other. */
const LOST_STATEMENTS = ['26000', '42P05', '0A000'];

/** Whether a lock was waited for until lock_timeout. */
export function isLockedOut(error: unknown): boolean {
  return codeOf(error) === '55P03';
}

/** Whether PostgreSQL refused one statement, and would take the next. */
export function isRefusal(error: unknown): boolean {
  return /^(?:22|23|42(?!501|P01))/.test(codeOf(error));
}

/** A `store-unavailable` that says why PostgreSQL did not do it, and what to do. Never an address or a password. */
export function unwritable(error: unknown): DialproofError {
  if (error instanceof DialproofError) return unavailable(error.message, error.fix, error);
  if (error instanceof CutOff) return unwritable(error.cause);
  const known = faultOf(error);
  return unavailable(`The store could not be written: ${known.why}.`, `${known.fix}${known.back ? BACK : ''}`, error);
}

/** The same before there is anything to go on with. */
export function unopenable(error: unknown): DialproofError {
  const { why, fix } = faultOf(error);
  return unavailable(`The store could not be opened: ${why}.`, fix, error);
}

function faultOf(error: unknown): Fault {
  if (isUnreadable(error)) return NO_AUTHORITY;
  const code = codeOf(error);
  const words = [code, error instanceof Error ? error.message : ''];
  return (
    BY_STATE.get(code) ??
    BY_STATE.get(code.slice(0, 3)) ??
    BY_STATE.get(code.slice(0, 2)) ??
    BY_WORDS.find(([pattern]) => words.some((each) => pattern.test(each)))?.[1] ?? {
      why: `PostgreSQL failed (${code || 'no code'})`,
      fix: 'Look at the log of PostgreSQL.',
    }
  );
}

/** A file of sslrootcert; a socket that is not there says the same of `connect`. */
function isUnreadable(error: unknown): boolean {
  const call = error instanceof Error && 'syscall' in error ? error.syscall : undefined;
  return call === 'open' || (call === 'read' && codeOf(error) === 'EISDIR');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
