import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Argument, Command } from 'commander';
import { DialproofError } from '../core/errors.ts';
import type { SchemaName } from '../core/json-schema/index.ts';
import { exitCodeOf, explain } from './exit-codes.ts';

/** Known here, so that asking for help does not wait for the schemas; a test holds them against the list. */
const NAMES: readonly SchemaName[] = ['callflow', 'prompts', 'scenarios'];

/** `dialproof schema`: the JSON Schemas by which editors help with callflows, prompts and scenarios. */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('print a JSON Schema for editors, or write all of them to a folder')
    .addArgument(new Argument('[schema]', 'which one').choices(NAMES))
    .option('--out <folder>', 'write to this folder, as <schema>.schema.json')
    .action(async (name: SchemaName | undefined, flags: { readonly out?: string }) => {
      try {
        await printOrWrite(name, flags.out);
      } catch (error) {
        process.stderr.write(`${explain(error)}\n`);
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function printOrWrite(name: SchemaName | undefined, folder: string | undefined): Promise<void> {
  if (folder === undefined && name === undefined)
    throw new DialproofError('usage-wrong', 'Which schema is not said.', {
      fix: `Name one of ${NAMES.join(', ')}, or write all of them: npx dialproof schema --out schema`,
    });
  const { schemaFile, schemaText } = await import('../core/json-schema/index.ts');
  if (folder === undefined) {
    if (name !== undefined) process.stdout.write(schemaText(name));
    return;
  }
  for (const each of name === undefined ? NAMES : [name]) {
    const file = path.join(folder, schemaFile(each));
    await written(file, schemaText(each));
    process.stdout.write(`${file}\n`);
  }
}

/** @throws DialproofError `usage-wrong` */
async function written(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new DialproofError('usage-wrong', `${file} cannot be written (${code}).`, {
      fix: 'Name a folder that you may write to.',
      cause: error,
    });
  }
}
