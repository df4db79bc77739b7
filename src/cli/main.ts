#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { DialproofError } from '../core/errors.ts';
import type { RawEnvironment } from './environment.ts';
import { createProgram } from './program.ts';

/** The environment, and under it what `.env` says. */
function environment(): RawEnvironment {
  return { ...dotEnv(), ...process.env };
}

/** @throws DialproofError `settings-invalid` where there is one that cannot be read */
function dotEnv(): RawEnvironment {
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

const program = createProgram(environment);

// Whoever reads the output, `head` for example, may have had enough of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)])
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
await program.parseAsync();
