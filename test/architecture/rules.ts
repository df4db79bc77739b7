import path from 'node:path';
import { isBuiltin } from 'node:module';
import type { Import, SourceFile } from './source-file.ts';

/** What a room may import besides itself. */
interface Room {
  /** Other rooms; `types of X`: only by `import type`. */
  readonly rooms: readonly string[];
  /** Packages; absent: any. */
  readonly packages?: readonly string[];
  /** Whether it may use Node's own modules. */
  readonly node: boolean;
}

/** THE import table of docs/architecture.md. */
export const ROOMS: Readonly<Record<string, Room>> = {
  core: {
    rooms: [],
    packages: ['zod', 'yaml', 'xstate', 'intl-messageformat', '@formatjs/icu-messageformat-parser', 'ipaddr.js'],
    node: false,
  },
  adapters: { rooms: ['core'], node: true },
  app: { rooms: ['core'], node: true },
  telephone: { rooms: ['core'], node: true },
  demo: { rooms: ['types of core'], node: true },
  server: { rooms: ['core', 'app', 'adapters'], node: true },
  simulator: { rooms: ['core', 'adapters', 'app', 'telephone'], node: true },
  cli: { rooms: ['core', 'adapters', 'app', 'telephone', 'simulator', 'demo', 'server'], node: true },
};

/** Shared by several folders of adapters: everything that goes out by HTTP passes its guard. */
const SHARED_ADAPTERS = 'outbound';
const ENVIRONMENT = 'src/cli/main.ts';
export const MOST_LINES = 300;

const NAME = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/;
const FOLDER = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const VAGUE = /^(?:utils?|helpers?|common)(?:\.ts)?$/;

/** Everything in which the files break the rules of the house, one sentence each. */
export function violations(files: readonly SourceFile[]): readonly string[] {
  return [...files.flatMap((file) => [...imports(file), ...shape(file)]), ...cycles(files)];
}

function imports(file: SourceFile): readonly string[] {
  const room = roomOf(file.path);
  const rules = ROOMS[room];
  if (rules === undefined) return [`${file.path} is in no room`];
  return file.imports.flatMap((each) => {
    const says = (why: string): string[] => [`${file.path} imports ${each.from}: ${why}`];
    if (isBuiltin(each.from)) return rules.node ? [] : says(`${room} does not use Node's modules`);
    if (!each.from.startsWith('.')) {
      const allowed = rules.packages === undefined || rules.packages.includes(packageOf(each.from));
      return allowed && each.from !== '(computed)' ? [] : says(`${room} does not use this package`);
    }
    const to = resolved(file.path, each);
    const other = roomOf(to);
    if (other === room) return sameRoom(file.path, to) ? [] : says('one folder of adapters does not know another');
    const allowed = rules.rooms.includes(other) || (each.type && rules.rooms.includes(`types of ${other}`));
    return allowed ? [] : says(`${room} does not know ${other === '' ? 'anything outside src' : other}`);
  });
}

/** Inside `adapters`, a folder knows itself, the shared one, and the files that lie directly in the room. */
function sameRoom(from: string, to: string): boolean {
  if (roomOf(from) !== 'adapters') return true;
  const folder = (file: string): string | null =>
    file.split('/')[3] === undefined ? null : (file.split('/')[2] ?? null);
  return [folder(from), SHARED_ADAPTERS, null].includes(folder(to));
}

function shape({ path: file, readsEnvironment, lines }: SourceFile): readonly string[] {
  const parts = file.split('/');
  const name = parts.at(-1) ?? '';
  const folders = parts.slice(0, -1);
  return [
    ...(NAME.test(name) && folders.every((each) => FOLDER.test(each)) ? [] : [`${file} is not named in kebab-case`]),
    ...(parts.some((each) => VAGUE.test(each)) ? [`${file} has a name that says nothing`] : []),
    ...(readsEnvironment && file !== ENVIRONMENT ? [`${file} reads the environment; only ${ENVIRONMENT} does`] : []),
    ...(lines > MOST_LINES ? [`${file} has ${lines} lines; at most ${MOST_LINES}`] : []),
  ];
}

/** Files that need each other at run time. Types may: they are gone when the program runs. */
function cycles(files: readonly SourceFile[]): readonly string[] {
  const needs = new Map(
    files.map((file) => [
      file.path,
      file.imports.filter(({ from, type }) => from.startsWith('.') && !type).map((each) => resolved(file.path, each)),
    ]),
  );
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) found.push(`import cycle: ${[...way.slice(at), file].join(' > ')}`);
    if (at >= 0 || done.has(file)) return;
    for (const to of needs.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const file of needs.keys()) visit(file, []);
  return found;
}

function resolved(file: string, { from }: Import): string {
  return path.posix.join(path.posix.dirname(file), from);
}

export function roomOf(file: string): string {
  const [src, room] = file.split('/');
  return src === 'src' ? (room ?? '') : '';
}

function packageOf(from: string): string {
  return from
    .split('/')
    .slice(0, from.startsWith('@') ? 2 : 1)
    .join('/');
}
