import { Command, Option } from 'commander';
import type { Output } from './call/screen.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';
import type { PromptProject } from './prompts/prompt-project.ts';

export interface PromptsCommandOptions {
  readonly environment: () => RawEnvironment;
  readonly stdout?: Output;
  readonly stderr?: Output;
  /** Receives the exit code; unless given, it becomes the process's. */
  readonly finish?: (exitCode: number) => void;
}

/** Where the actions print, and the project that they work on. */
export interface PromptsContext extends PromptProject {
  readonly stdout: Output;
  readonly stderr: Output;
}

/** `dialproof prompts`: what callers hear in every language, and the files for those who translate it. */
export function promptsCommand(options: PromptsCommandOptions): Command {
  const command = new Command('prompts').description(
    'what is said in every language: what is missing, and files for translators',
  );
  command
    .command('missing')
    .description(
      'list the texts that a language lacks, the callflows that do not speak it, and texts that nothing says',
    )
    .option('--locale <locale>', 'this language only, also one that there is nothing of yet')
    .option('--json', 'print one JSON document and nothing else')
    .addHelpText(
      'after',
      '\nExit codes: 0 nothing is missing, 1 something is, 2 wrong usage, 3 configuration, 70 our fault.',
    )
    .action(async (flags: { readonly locale?: string; readonly json?: boolean }) => {
      const { printMissing } = await import('./prompts/print-missing.ts');
      await perform(options, (context) => printMissing(context, flags));
    });
  command
    .command('export')
    .description('write the texts of the default language beside those of another, for translators')
    .addOption(
      new Option('--format <format>', "csv for spreadsheets, xliff for translators' tools").choices(['csv', 'xliff']),
    )
    .option('--locale <locale>', 'the language that it is translated into, also a new one')
    .option('--out <file>', 'where to write it; to the standard output unless given')
    .action(async (flags: { readonly format?: 'csv' | 'xliff'; readonly locale?: string; readonly out?: string }) => {
      const { exportTexts } = await import('./prompts/export-texts.ts');
      await perform(options, (context) => exportTexts(context, flags));
    });
  command
    .command('import')
    .description('take over a file that came back from translators: all of it, or nothing')
    .argument('<file>', 'CSV or XLIFF 1.2, as it was exported')
    .addHelpText(
      'after',
      '\nExit codes: 0 taken over, 1 the file cannot be taken, 2 wrong usage, 3 configuration, 70 our fault.',
    )
    .action(async (file: string) => {
      const { importTexts } = await import('./prompts/import-texts.ts');
      await perform(options, (context) => importTexts(context, file));
    });
  return command;
}

/** Runs an action on the project; its result is the exit code. */
async function perform(
  options: PromptsCommandOptions,
  action: (context: PromptsContext) => number | Promise<number>,
): Promise<void> {
  const {
    stdout = process.stdout,
    stderr = process.stderr,
    finish = (code) => void (process.exitCode = code),
  } = options;
  try {
    const { readPromptProject } = await import('./prompts/prompt-project.ts');
    finish(await action({ ...(await readPromptProject(options.environment())), stdout, stderr }));
  } catch (error) {
    stderr.write(`${explain(error)}\n`);
    finish(exitCodeOf(error));
  }
}
