#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { Command } from 'commander';
import { callCommand } from './call.ts';
import { checkCommand } from './check.ts';
import { devCommand } from './dev.ts';
import { ejectCommand } from './eject.ts';
import type { RawEnvironment } from './environment.ts';
import { explainCommand } from './explain.ts';
import { fallbackCommand } from './fallback.ts';
import { promptsCommand } from './prompts.ts';
import { initCommand } from './init.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { showCommand } from './show.ts';

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

const program = new Command('dialproof')
  .description('Proves who is calling: two-factor authentication by telephone, as callflows in YAML')
  .addCommand(serveCommand(environment))
  .addCommand(devCommand(environment))
  .addCommand(ejectCommand(environment))
  .addCommand(fallbackCommand(environment))
  .addCommand(promptsCommand({ environment }))
  .addCommand(initCommand())
  .addCommand(schemaCommand())
  .addCommand(checkCommand(environment))
  .addCommand(explainCommand())
  .addCommand(showCommand(environment))
  .addCommand(
    callCommand({
      environment: async () => {
        const { publicUrlOf, readEnvironment } = await import('./environment.ts');
        const settings = readEnvironment(environment());
        return {
          host: settings.HOST,
          port: settings.PORT,
          publicUrl: publicUrlOf(settings),
          dataDir: settings.DATA_DIR,
          authToken: settings.TWILIO_AUTH_TOKEN[0],
          accountSid: settings.TWILIO_ACCOUNT_SID,
        };
      },
    }),
  );

// Whoever reads the output, `head` for example, may have had enough of it.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

for (const command of [program, ...program.commands, ...program.commands.flatMap((each) => each.commands)])
  command.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
await program.parseAsync();
