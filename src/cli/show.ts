import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, Option } from 'commander';
import { DialproofError } from '../core/errors.ts';
import type { Output } from './call/screen.ts';
import type { RawEnvironment } from './environment.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

export const FORMATS = ['mermaid', 'svg', 'dot', 'json', 'script'] as const;
export type Format = (typeof FORMATS)[number];

/** The format that the ending of a file stands for. */
const ENDINGS: Readonly<Record<string, Format>> = {
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.svg': 'svg',
  '.dot': 'dot',
  '.gv': 'dot',
  '.json': 'json',
  '.txt': 'script',
};

export interface ShowCommandOptions {
  readonly environment: () => RawEnvironment;
  readonly stdout?: Output;
  readonly stderr?: Output;
  /** Receives the exit code; unless given, it becomes the process's. */
  readonly finish?: (exitCode: number) => void;
}

interface Flags {
  readonly as?: Format;
  readonly out?: string;
  readonly locale?: string;
  readonly limits?: boolean;
}

const HELP = `
Formats:
  mermaid  a flowchart that GitHub and many editors draw inside Markdown (the default)
  svg      a drawing that needs nothing else, light or dark as the reader's system is
  dot      for Graphviz
  json     blocks, exits and every path
  script   sample calls in plain text, in every language the callflow speaks: the way that works, then all others

Limits, technical failures and the ways back to a busy menu are notes inside the boxes; --limits draws them as arrows.

Exit codes: 0 fine, 2 wrong usage, 3 configuration, 70 our fault.`;

/** `dialproof show`: a callflow as a picture, as data, or as the calls that people will hear. */
export function showCommand(options: ShowCommandOptions): Command {
  return new Command('show')
    .description('draw a callflow, or write down the calls that people will hear')
    .argument('[callflow]', 'name of the callflow; may be left out where there is only one')
    .addOption(new Option('--as <format>', 'what to make of it').choices(FORMATS))
    .option('--out <file>', 'write a file; its ending says the format: .mmd .svg .dot .json .txt')
    .option('--locale <locale>', 'the language of the words; for a script, only this one')
    .option('--limits', 'draw limits as arrows, too')
    .addHelpText('after', HELP)
    .action(async (callflow: string | undefined, flags: Flags) => {
      const finish = options.finish ?? ((code) => void (process.exitCode = code));
      const { stdout = process.stdout, stderr = process.stderr } = options;
      try {
        const drawn = await show(callflow, flags, options.environment());
        if (flags.out === undefined) stdout.write(drawn.text);
        else stderr.write(`Wrote ${flags.out} (${drawn.format}).\n`);
        finish(0);
      } catch (error) {
        stderr.write(`${explain(error)}\n`);
        finish(exitCodeOf(error));
      }
    });
}

async function show(
  name: string | undefined,
  flags: Flags,
  raw: RawEnvironment,
): Promise<{ readonly text: string; readonly format: Format }> {
  const format = flags.as ?? formatOf(flags.out) ?? 'mermaid';
  const [{ checkEnvironment }, { draw }] = await Promise.all([import('./environment.ts'), import('./show/draw.ts')]);
  const { CALLFLOWS_DIR, PROMPTS_DIR, DEFAULT_LOCALE } = checkEnvironment(raw).environment;
  const text = await draw({
    folders: { callflows: CALLFLOWS_DIR, prompts: PROMPTS_DIR },
    defaultLocale: DEFAULT_LOCALE,
    name,
    format,
    locale: flags.locale,
    limits: flags.limits === true,
  });
  if (flags.out === undefined) return { text, format };
  await writeFile(flags.out, text).catch((error: unknown) => {
    throw new DialproofError('usage-wrong', `"${flags.out}" cannot be written.`, {
      fix: 'Name a file in a folder that is there, and that you may write to.',
      cause: error,
    });
  });
  return { text, format };
}

function formatOf(file: string | undefined): Format | null {
  if (file === undefined) return null;
  const format = ENDINGS[path.extname(file).toLowerCase()];
  if (format !== undefined) return format;
  throw new DialproofError('usage-wrong', `The name of the file "${file}" does not say what to write.`, {
    fix: `Let it end in ${Object.keys(ENDINGS).join(', ')}, or say --as.`,
  });
}
