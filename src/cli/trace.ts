import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { DialproofError } from '../core/errors.ts';
import type { Output } from './call/screen.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

export interface TraceCommandOptions {
  readonly stdout?: Output;
  readonly stderr?: Output;
  /** Receives the exit code; unless given, it becomes the process's. */
  readonly finish?: (exitCode: number) => void;
  /** Shows a file with the program that the system has for it. */
  readonly opener?: (file: string) => Promise<void>;
}

interface Flags {
  readonly out?: string;
  readonly grep?: string;
  readonly open?: true;
}

const HELP = `
The page needs no server and nothing from the network; it may be sent to anybody: codes are dots in it.

Exit codes: 0 fine, 2 wrong usage, or a file that holds no traces, 70 our fault.`;

/** `dialproof trace`: makes a page of what a run has recorded. */
export function traceCommand(options: TraceCommandOptions = {}): Command {
  return new Command('trace')
    .description('make one page of a trace: what was said, pressed and answered, and when')
    .argument('<file>', 'the traces of a run')
    .option('--out <page>', 'the page; unless given, it lies beside the file and ends in .html')
    .option('--grep <words>', 'only scenarios whose name or file holds these words; /.../ is a regular expression')
    .option('--open', 'show the page in the browser')
    .addHelpText('after', HELP)
    .action(async (file: string, flags: Flags) => {
      const { stdout = process.stdout, stderr = process.stderr } = options;
      const finish = options.finish ?? ((code) => void (process.exitCode = code));
      try {
        const page = await makePage(file, flags);
        stdout.write(`${page}\n`);
        if (flags.open === true) await (options.opener ?? (await import('./trace/open-page.ts')).openPage)(page);
        finish(0);
      } catch (error) {
        stderr.write(`${explain(error)}\n`);
        finish(exitCodeOf(error));
      }
    });
}

async function makePage(file: string, { out = pageBeside(file), grep }: Flags): Promise<string> {
  if (path.resolve(out) === path.resolve(file))
    throw new DialproofError('usage-wrong', `The page would be written over its traces, "${file}".`, {
      fix: 'Name another file with --out.',
    });
  // Loaded here, so that other commands do not wait for it.
  const [{ readTraces }, { chosen, keep }, { tracePage }] = await Promise.all([
    import('../simulator/trace/trace-file.ts'),
    import('./trace/keep.ts'),
    import('./trace/page.ts'),
  ]);
  const traces = readTraces(file);
  const page = tracePage(await keep(grep === undefined ? traces : chosen(traces, grep)));
  await writeFile(out, page).catch((error: unknown) => {
    throw new DialproofError('usage-wrong', `"${out}" cannot be written.`, {
      fix: 'Name a file in a folder that is there, and that you may write to.',
      cause: error,
    });
  });
  return out;
}

function pageBeside(file: string): string {
  return `${file.slice(0, file.length - path.extname(file).length)}.html`;
}
