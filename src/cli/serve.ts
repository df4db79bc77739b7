import { Command } from 'commander';
import { exitCodeOf, explain } from './exit-codes.ts';
import type { RawEnvironment } from './environment.ts';
import { stopOnSignal } from './serve/stop-on-signal.ts';
import { welcome } from './serve/welcome.ts';

/** `dialproof serve` (and `npm start`): the voice server; without NODE_ENV=production, with the demo company. */
export function serveCommand(environment: () => RawEnvironment): Command {
  return new Command('serve')
    .description('run the voice server; with the demo company unless NODE_ENV is production')
    .action(async () => {
      try {
        // Loaded here, so that other commands do not wait for what only a server needs.
        const [{ startService }, { createLog }] = await Promise.all([
          import('./serve/start-service.ts'),
          import('./log.ts'),
        ]);
        const service = await startService(environment(), { makeLog: createLog });
        stopOnSignal(() => service.close());
        process.stderr.write(`${welcome(service)}\n`);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}
