import { Command } from 'commander';
import { exitCodeOf, explain } from './exit-codes.ts';
import { createLog } from './log.ts';
import type { RawEnvironment } from './environment.ts';
import { TRY_IT } from './serve/try-it.ts';
import type { Service } from './serve/start-service.ts';

/** `dialproof serve` (and `npm start`): the voice server; without NODE_ENV=production, with the demo company. */
export function serveCommand(environment: () => RawEnvironment): Command {
  return new Command('serve')
    .description('run the voice server; with the demo company unless NODE_ENV is production')
    .action(async () => {
      try {
        // Loaded here, so that other commands do not wait for what only a server needs.
        const { startService } = await import('./serve/start-service.ts');
        const service = await startService(environment(), { makeLog: createLog });
        stopOnSignal(service);
        process.stderr.write(`${welcome(service)}\n`);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

function welcome({ publicUrl, demo, warnings }: Service): string {
  return [
    `Dialproof is ready. Voice webhook: ${publicUrl}/voice/main`,
    ...warnings.map((warning) => `Warning: ${warning}.`),
    ...(demo === null
      ? []
      : [
          '',
          `Demo company: ${publicUrl}/demo shows the inbox, the accounts and how to call.`,
          `Place a call from another terminal:  ${TRY_IT}`,
          '',
        ]),
  ].join('\n');
}

/** The first signal lets turns in flight end; a second one does not wait. */
function stopOnSignal(service: Service): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      service.close().then(
        () => process.exit(0),
        () => process.exit(70),
      );
    });
  }
}
