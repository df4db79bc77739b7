import { Command } from 'commander';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

/** `dialproof fallback`: the static document for the platform's own fallback, for when this server is gone. */
export function fallbackCommand(environment: () => RawEnvironment): Command {
  return new Command('fallback')
    .description('print a static document that still reaches a person when the server is gone')
    .action(async () => {
      try {
        process.stdout.write(`${await fallbackDocument(environment())}\n`);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function fallbackDocument(raw: RawEnvironment): Promise<string> {
  const [{ writeTwiml }, { staticFallback }, { readLibrary }, { readEnvironment }] = await Promise.all([
    import('../adapters/channels/twilio/twiml.ts'),
    import('../app/standard-replies.ts'),
    import('./library-files.ts'),
    import('./environment.ts'),
  ]);
  const { CALLFLOWS_DIR, PROMPTS_DIR, DEFAULT_LOCALE, AGENT_NUMBER } = readEnvironment(raw);
  const folders = { callflows: CALLFLOWS_DIR, prompts: PROMPTS_DIR };
  const library = await readLibrary(folders, { environment: raw, defaultLocale: DEFAULT_LOCALE });
  if (AGENT_NUMBER === undefined) {
    process.stderr.write('AGENT_NUMBER is not set: the document apologises and hangs up.\n');
  }
  return staticFallback({ library, write: writeTwiml }).body;
}
