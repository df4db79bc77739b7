import { DialproofError, type ErrorCode } from '../core/errors.ts';

/** 1 findings or failed calls, 2 wrong usage, 3 configuration; everything else is our fault: 70. */
const EXIT_CODES: Partial<Readonly<Record<ErrorCode, number>>> = {
  'settings-invalid': 3,
  'callflow-invalid': 3,
  'store-key-mismatch': 3,
  'store-unavailable': 3,
  'usage-wrong': 2,
  'translation-invalid': 1,
  'files-in-the-way': 1,
  'server-unreachable': 1,
  'twiml-invalid': 1,
  'code-not-found': 1,
  'call-endless': 1,
};

export function exitCodeOf(error: unknown): number {
  return error instanceof DialproofError ? (EXIT_CODES[error.code] ?? 70) : 70;
}

/** What happened and what to do; the stack only where it is our fault. */
export function explain(error: unknown): string {
  if (error instanceof DialproofError) return `${error.message}\n${error.fix}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
