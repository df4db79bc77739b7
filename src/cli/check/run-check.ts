import type { RawEnvironment } from '../environment.ts';
import { exitCodeOf, explain } from '../exit-codes.ts';
import { checkFiles } from './check-files.ts';
import { printChecked, tally, type Format } from './report.ts';

/** Checks once and prints what was found; answers with the exit code. Never rejects. */
export async function runCheck(
  raw: RawEnvironment,
  { format, strict }: { readonly format: Format; readonly strict: boolean },
): Promise<number> {
  try {
    const checked = await checkFiles(raw);
    printChecked(checked, format);
    const { errors, warnings } = tally(checked.findings);
    return errors > 0 || (strict && warnings > 0) ? 1 : 0;
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    return exitCodeOf(error);
  }
}

/** Runs through the check without a word, as far as there are files: what is compiled then is in the cache of the build. */
export async function warmUp(): Promise<void> {
  await checkFiles({}).catch(() => undefined);
}
