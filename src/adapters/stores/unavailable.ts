import { DialproofError } from '../../core/errors.ts';

export function unavailable(message: string, fix: string, cause?: unknown): DialproofError {
  return new DialproofError('store-unavailable', message, { fix, cause });
}

export function closed(): DialproofError {
  return unavailable('The store is closed.', 'Ask again once Dialproof has started.');
}

/** For a database in the place of the one that was opened. */
export function otherStore(where: 'DATA_DIR' | 'DATABASE_URL'): DialproofError {
  return unavailable(
    `The store could not be written: the database in ${where} is another one than before.`,
    'Put back the one that was there, or start the server again to go on with this one.',
  );
}

const ROW_FIX =
  'If the database was damaged or changed by hand, restore it from a backup; if not, this is a fault of ours.';

/** For a change that the database, or what it keeps, does not allow. */
export function refused(error: unknown): DialproofError {
  return unavailable(
    `The store refused a change${error instanceof Error ? `: ${error.message}` : ''}.`,
    ROW_FIX,
    error,
  );
}
