import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { callCommand } from './call.ts';
import { callsCommand } from './calls.ts';
import { checkCommand } from './check.ts';
import { devCommand } from './dev.ts';
import { devicesCommand } from './devices.ts';
import { diffCommand } from './diff.ts';
import { ejectCommand } from './eject.ts';
import { enrollCommand } from './enroll.ts';
import type { RawEnvironment } from './environment.ts';
import { explainCommand } from './explain.ts';
import { exploreCommand } from './explore.ts';
import { fallbackCommand } from './fallback.ts';
import { initCommand } from './init.ts';
import { lockCommand } from './lock.ts';
import { PACKAGE_FOLDER } from './package-folder.ts';
import { promptsCommand } from './prompts.ts';
import { purgeCommand } from './purge.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { showCommand } from './show.ts';
import { traceCommand } from './trace.ts';
import { testCommand } from './test.ts';

/** The command line with all of its commands, in the order in which somebody new needs them. */
export function createProgram(environment: () => RawEnvironment): Command {
  return new Command('dialproof')
    .description('Proves who is calling: two-factor authentication by telephone, as callflows in YAML')
    .version(version(), '--version', 'print the version of Dialproof')
    .addCommand(initCommand())
    .addCommand(devCommand(environment))
    .addCommand(serveCommand(environment))
    .addCommand(callCommand({ environment: () => callEnvironment(environment) }))
    .addCommand(checkCommand(environment))
    .addCommand(testCommand(environment))
    .addCommand(exploreCommand({ environment }))
    .addCommand(traceCommand())
    .addCommand(explainCommand())
    .addCommand(showCommand({ environment }))
    .addCommand(diffCommand({ environment }))
    .addCommand(promptsCommand({ environment }))
    .addCommand(ejectCommand(environment))
    .addCommand(callsCommand(environment))
    .addCommand(enrollCommand(environment))
    .addCommand(lockCommand(environment))
    .addCommand(devicesCommand(environment))
    .addCommand(purgeCommand(environment))
    .addCommand(schemaCommand())
    .addCommand(fallbackCommand(environment));
}

function version(): string {
  const file = readFileSync(path.join(PACKAGE_FOLDER, 'package.json'), 'utf8');
  return (JSON.parse(file) as { readonly version: string }).version;
}

async function callEnvironment(environment: () => RawEnvironment) {
  const { publicUrlOf, readEnvironment } = await import('./environment.ts');
  const settings = readEnvironment(environment());
  return {
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: publicUrlOf(settings),
    dataDir: settings.DATA_DIR,
    callflowsDir: settings.CALLFLOWS_DIR,
    authToken: settings.TWILIO_AUTH_TOKEN[0],
    accountSid: settings.TWILIO_ACCOUNT_SID,
  };
}
