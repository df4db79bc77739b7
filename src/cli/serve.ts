import { Command } from 'commander';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

/** `dialproof serve` (and `npm start`): the voice server; without NODE_ENV=production, with the demo company. */
export function serveCommand(environment: () => RawEnvironment): Command {
  return new Command('serve')
    .description('run the voice server; with the demo company unless NODE_ENV is production')
    .action(async () => {
      // Loaded here, so that other commands do not wait for what only a server needs.
      const { loadCompiled } = await import('./compiled.ts');
      const { runServe } = await loadCompiled('serve', () => import('./serve/run-serve.ts'));
      try {
        await runServe(environment());
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}
