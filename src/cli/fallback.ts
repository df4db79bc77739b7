import { Command } from 'commander';
import { writeTwiml } from '../adapters/channels/twilio/twiml.ts';
import { staticFallback } from '../app/standard-replies.ts';
import { readEnvironment, type RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';
import { readLibrary } from './library-files.ts';

/** `dialproof fallback`: the static document for the platform's own fallback, for when this server is gone. */
export function fallbackCommand(environment: () => RawEnvironment): Command {
  return new Command('fallback')
    .description('print a static document that still reaches a person when the server is gone')
    .action(async () => {
      try {
        const raw = environment();
        const { CALLFLOWS_DIR, PROMPTS_DIR, DEFAULT_LOCALE, AGENT_NUMBER } = readEnvironment(raw);
        const library = await readLibrary(
          { callflows: CALLFLOWS_DIR, prompts: PROMPTS_DIR },
          { environment: raw, defaultLocale: DEFAULT_LOCALE },
        );
        if (AGENT_NUMBER === undefined)
          process.stderr.write('AGENT_NUMBER is not set: the document apologises and hangs up.\n');
        process.stdout.write(`${staticFallback({ library, write: writeTwiml }).body}\n`);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}
