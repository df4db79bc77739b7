import { access, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { schemaFile, SCHEMA_NAMES, SCHEMAS, schemaText } from '../../core/json-schema/index.ts';
import { PACKAGE_FOLDER } from '../package-folder.ts';

/** A line, and the callflow that it links to. */
const CALLFLOWS = ['main', 'two-factor'] as const;
const PROMPTS = ['standard', ...CALLFLOWS] as const;

/** How the commands of this package are called in texts that are made for its own folder. */
const COMMAND = 'npx dialproof';

/** What a project begins with, by path from its folder, in the order of their names. */
export async function projectFiles(command: string): Promise<ReadonlyMap<string, string>> {
  const locales = await readdir(path.join(PACKAGE_FOLDER, 'prompts'));
  const shipped = [
    ...CALLFLOWS.map((name) => `callflows/${name}.yaml`),
    ...locales.flatMap((locale) => PROMPTS.map((name) => `prompts/${locale}/${name}.yaml`)),
    'test/calls/main.yaml',
    '.env.example',
  ];
  const copies = await Promise.all(shipped.map(async (file) => [file, await read(file)] as const));
  const readme = await read('src/cli/init/project-readme.md');
  const files: readonly (readonly [string, string])[] = [
    ...copies,
    ...SCHEMA_NAMES.map((name) => [`schema/${schemaFile(name)}`, schemaText(name)] as const),
    ['README.md', readme.replaceAll(COMMAND, command)],
    ['.gitignore', 'node_modules/\ndata/\n.env\n'],
    ['.vscode/extensions.json', json({ recommendations: ['redhat.vscode-yaml'] })],
    ['.vscode/settings.json', json({ 'yaml.schemas': schemaSettings() })],
  ];
  return new Map(files.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * How the command is called in a folder. npx looks in the nearest folder above that is a package; outside this one it
 * has to be told where to look, and would ask the registry otherwise.
 */
export async function commandIn(folder: string): Promise<string> {
  const found = await nearestPackage(path.resolve(folder));
  if (found !== null && path.relative(found, PACKAGE_FOLDER) === '') return COMMAND;
  const way = path
    .relative(path.resolve(folder), PACKAGE_FOLDER)
    .replace(/[\\/]$/, '')
    .split(path.sep)
    .join('/');
  return `npx --prefix ${/\s/.test(way) ? `"${way}"` : way} dialproof`;
}

async function nearestPackage(folder: string): Promise<string | null> {
  for (const mark of ['package.json', 'node_modules']) {
    const isThere = await access(path.join(folder, mark)).then(
      () => true,
      () => false,
    );
    if (isThere) return folder;
  }
  const above = path.dirname(folder);
  return above === folder ? null : nearestPackage(above);
}

function schemaSettings(): Readonly<Record<string, string>> {
  return Object.fromEntries(SCHEMA_NAMES.map((name) => [`./schema/${schemaFile(name)}`, SCHEMAS[name].files]));
}

function read(file: string): Promise<string> {
  return readFile(path.join(PACKAGE_FOLDER, file), 'utf8');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
