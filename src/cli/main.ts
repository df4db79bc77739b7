#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import type { RawEnvironment } from './environment.ts';
import { createProgram } from './program.ts';

/** The environment, and under it what `.env` says. */
function environment(): RawEnvironment {
  return { ...dotEnv(), ...process.env };
}

function dotEnv(): RawEnvironment {
  try {
    return parseEnv(readFileSync('.env', 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
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
