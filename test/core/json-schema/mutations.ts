import fc from 'fast-check';
import { isMap, isScalar, isSeq, parseDocument, type Node } from 'yaml';

/** YAML as it is written: scalars keep their quotes, signs and zeros. */
export type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };

/** Values that a designer might write anywhere. */
const SCALARS = `greet agent success not-there AccountNumber chosen code never POST 0 6 7 012345 +12025550100 4-12 12 40
  1e3 0x1F 3.0 .5 -1 ~ true 0s 5m 20s 2500ms 90 1h email SMS Authenticator en-US hangs-up internal builtin/two-factor ""
  "012" "a_#_b" "Not_A_Name" "\${CALLFLOW_X}" "\${AGENT_NUMBER}" "\${HOME}" "sip:\${CALLFLOW_X}" "<key>"`
  .split(/\s+/)
  .map((each) => each.replaceAll('_#_', ' # ').replaceAll('Not_A_Name', 'Not A Name'));

/** Keys that belong somewhere in one of the files. */
const KEYS = `say next menu collect wait star paths failed error blank none locked dial hang-up returns digits most then
  timeout method skip spacing ask help use exits hears press silent later gets wording exactly examples 1 9 hash Bad_Key`
  .split(/\s+/)
  .map((each) => each.replaceAll('_', ' '));

/** Reads a file with every scalar as it is written. */
export function treeOf(text: string): Tree {
  const read = (node: Node | null): Tree => {
    if (isMap(node))
      return Object.fromEntries(
        node.items.map((pair) => [
          String(isScalar(pair.key) ? pair.key.value : ''),
          read((pair.value ?? null) as Node | null),
        ]),
      );
    if (isSeq(node)) return node.items.map((item) => read(item as Node));
    if (!isScalar(node)) return '~';
    return typeof node.value === 'string' ? JSON.stringify(node.value) : (node.source ?? '~');
  };
  return read(parseDocument(text).contents);
}

/** The tree as YAML in one line. */
export function written(tree: Tree): string {
  if (typeof tree === 'string') return tree;
  if (isList(tree)) return `[ ${tree.map(written).join(', ')} ]`;
  return `{ ${Object.entries(tree)
    .map(([key, value]) => `${/^[\w-]+$/.test(key) ? key : JSON.stringify(key)}: ${written(value)}`)
    .join(', ')} }`;
}

/** One to three slips in a file: another value, a key too many, too few or another one, a part in a wrong place. */
export function slips(tree: Tree): fc.Arbitrary<Tree> {
  const slip = fc.record({
    kind: fc.constantFrom('value', 'value', 'value', 'add', 'remove', 'rename', 'move', 'list'),
    where: fc.nat(),
    from: fc.nat(),
    key: fc.constantFrom(...KEYS),
    scalar: fc.constantFrom(...SCALARS),
  });
  return fc.array(slip, { minLength: 1, maxLength: 3 }).map((each) =>
    each.reduce<Tree>((file, { kind, where, from, key, scalar }) => {
      const all = paths(file);
      const path = all[where % all.length] ?? [];
      const other = at(file, all[from % all.length] ?? []);
      return change(file, path, (value) => {
        if (kind === 'value') return scalar;
        if (kind === 'move') return other;
        if (kind === 'list') return [value];
        if (typeof value === 'string') return scalar;
        if (isList(value)) return kind === 'remove' ? value.slice(1) : [...value, scalar];
        const entries = Object.entries(value);
        const chosen = from % Math.max(1, entries.length);
        if (kind === 'add') return { ...value, [key]: from % 2 === 0 ? scalar : other };
        if (kind === 'remove') return Object.fromEntries(entries.filter((_entry, index) => index !== chosen));
        return Object.fromEntries(entries.map(([name, inner], index) => [index === chosen ? key : name, inner]));
      });
    }, tree),
  );
}

function isList(tree: Tree): tree is readonly Tree[] {
  return Array.isArray(tree);
}

function paths(tree: Tree, path: readonly string[] = []): readonly (readonly string[])[] {
  const inner = typeof tree === 'string' ? [] : Object.entries(tree);
  return [path, ...inner.flatMap(([key, value]) => paths(value, [...path, key]))];
}

function at(tree: Tree, path: readonly string[]): Tree {
  return path.reduce<Tree>((inner, key) => (inner as Readonly<Record<string, Tree>>)[key] ?? '~', tree);
}

function change(tree: Tree, path: readonly string[], to: (value: Tree) => Tree): Tree {
  const [key, ...rest] = path;
  if (key === undefined) return to(tree);
  if (typeof tree === 'string') return tree;
  if (isList(tree)) return tree.map((value, index) => (String(index) === key ? change(value, rest, to) : value));
  return Object.fromEntries(
    Object.entries(tree).map(([name, value]) => [name, name === key ? change(value, rest, to) : value]),
  );
}
