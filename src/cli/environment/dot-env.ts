import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { DialproofError } from '../../core/errors.ts';

/**
 * What `.env` says; nothing where there is none.
 *
 * @throws DialproofError `settings-invalid` where there is one that cannot be read
 */
export function dotEnv(): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'ENOENT') return {};
    throw new DialproofError('settings-invalid', `.env cannot be read (${code}).`, {
      fix: 'See that it is a file, and that this user may read it; or remove it, and set everything in the environment.',
      cause: error,
    });
  }
}
