import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** What `.env` says; nothing where there is none. */
export function dotEnv(): Readonly<Record<string, string | undefined>> {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}
