#!/usr/bin/env node
import type { RawEnvironment } from './environment.ts';
import { dotEnv } from './environment/dot-env.ts';
import { createProgram } from './program.ts';

/** The environment, and under it what `.env` says. */
function environment(): RawEnvironment {
  return { ...dotEnv(), ...process.env };
}

const program = createProgram(environment);

// Whoever reads the output, `head` for example, may have had enough of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)])
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
await program.parseAsync();
