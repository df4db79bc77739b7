import { DialproofError } from '../../../core/errors.ts';
import { unavailable } from '../unavailable.ts';
import { resultCode } from './connection.ts';

interface Fault {
  readonly why: string;
  readonly fix: string;
}

const BACK = 'The server goes on by itself.';
const FULL: Fault = { why: 'the disk is full', fix: `Make room on the disk of DATA_DIR. ${BACK}` };
const READ_ONLY: Fault = {
  why: 'the database is read-only',
  fix: `See that the server's user may write DATA_DIR and the files in it, and that the disk is not mounted read-only. ${BACK}`,
};
const DAMAGED: Fault = {
  why: 'the database file is damaged',
  fix: 'Stop the server, restore dialproof.db from a backup, and start it again.',
};
const MISSING: Fault = {
  why: 'the database file is not there',
  fix: `Put DATA_DIR back with all files that were in it. ${BACK}`,
};
const UNREADABLE: Fault = { why: 'the disk cannot be read or written', fix: 'Look at the disk of DATA_DIR.' };

/** By SQLite's result code (https://sqlite.org/rescode.html). */
const BY_RESULT = new Map<number, Fault>([
  [
    5,
    {
      why: 'another program holds the database locked',
      fix: `Find who has dialproof.db open (\`fuser\`), and end its transaction. ${BACK}`,
    },
  ],
  [8, READ_ONLY],
  [10, UNREADABLE],
  [11, DAMAGED],
  [13, FULL],
  [14, UNREADABLE],
  [26, DAMAGED],
]);

/** By the system's code, of opening the file. */
const BY_SYSTEM = new Map<string, Fault>([
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EROFS', READ_ONLY],
  ['EACCES', READ_ONLY],
  ['EPERM', READ_ONLY],
  ['ENOENT', MISSING],
  ['ENOTDIR', MISSING],
]);

const OTHER = 'See that the database file can be written, its disk has room, and no other program holds it locked.';

/** A `store-unavailable` that says why the database could not be written, and what to do. */
export function unwritable(error: unknown): DialproofError {
  if (error instanceof DialproofError) return unavailable(error.message, error.fix, error);
  const known = BY_RESULT.get(resultCode(error) ?? 0) ?? BY_SYSTEM.get(systemCode(error));
  const why = known?.why ?? messageOf(error);
  return unavailable(`The store could not be written: ${why}.`, known?.fix ?? OTHER, error);
}

/** Node's own messages hold the path, and /readyz tells the reason to anybody. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for no known reason';
  return 'syscall' in error ? systemCode(error) : error.message;
}

function systemCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
