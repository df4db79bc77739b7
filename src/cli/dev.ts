import { Command } from 'commander';
import { exitCodeOf, explain } from './exit-codes.ts';
import type { RawEnvironment } from './environment.ts';
import { stopOnSignal } from './serve/stop-on-signal.ts';
import { welcome } from './serve/welcome.ts';

/** `dialproof dev`: the server with the demo company; a callflow or prompt file that is saved serves the next call. */
export function devCommand(environment: () => RawEnvironment): Command {
  return new Command('dev')
    .description('run the server with the demo company, and let every file that is saved serve the next call')
    .action(async () => {
      try {
        await dev(environment());
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function dev(raw: RawEnvironment): Promise<void> {
  const { checkEnvironment, invalid } = await import('./environment.ts');
  if (checkEnvironment(raw).environment.NODE_ENV === 'production')
    throw invalid([
      'NODE_ENV is production, and `dialproof dev` is for changing callflows: real callers are served by `dialproof serve`',
    ]);
  // Loaded here, so that other commands do not wait for what only a server needs.
  const [{ warningsOfDotEnv }, { createLog }, { startService }, { FilePublisher }, { followFolders }] =
    await Promise.all([
      import('./environment/misspelled.ts'),
      import('./log.ts'),
      import('./serve/start-service.ts'),
      import('./dev/file-publisher.ts'),
      import('./dev/follow-folders.ts'),
    ]);
  const say = (text: string): void => void process.stderr.write(`${text}\n`);
  process.stderr.write(warningsOfDotEnv());
  const service = await startService(quiet(raw), { makeLog: createLog, withoutCallflows: true });
  const { callflows, prompts } = service.folders;
  const publisher = new FilePublisher(service, say);
  const stopped = new AbortController();
  let following = Promise.resolve();
  stopOnSignal(async () => {
    stopped.abort();
    await following;
    await service.close();
  });
  say(welcome(service));
  say(`Files that are saved in ${callflows} and ${prompts} serve the next call. Ctrl-C stops.\n`);
  following = followFolders([callflows, prompts], { look: () => publisher.look(), say, signal: stopped.signal });
  await following;
}

/** A line of the log for each webhook would drown what is said about the files. */
function quiet(raw: RawEnvironment): RawEnvironment {
  return (raw['LOG_LEVEL'] ?? '').trim() === '' ? { ...raw, LOG_LEVEL: 'warn' } : raw;
}
