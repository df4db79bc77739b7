import { VERBS } from '../../blocks/index.ts';
import type { Block } from '../callflow.ts';
import { grouped } from '../grouped.ts';
import { listed } from '../in-words.ts';
import { eventOf } from '../path-words.ts';
import type { Change } from './change.ts';
import { blockPairs, edgesOf, type BlockPair, type Sides } from './sides.ts';

/** Where blocks lead by themselves, or by what a caller has entered; keys of menus and limits are compared elsewhere. */
export function comparePaths(sides: Sides): readonly Change[] {
  return blockPairs(sides).flatMap((pair) => (pair.before.verb === pair.after.verb ? pathsOf(pair, sides) : []));
}

function pathsOf(pair: BlockPair, sides: Sides): readonly Change[] {
  const moved = edgesOf(pair, sides).filter(({ path, before, after }) => {
    const told = (before ?? after)?.by === 'limit' || isKeyOfMenu(pair.after, path);
    return !told && before?.to !== after?.to;
  });
  // A designer writes several paths as one, or leaves one to follow another.
  const together = grouped(moved, ({ before, after }) => `${before?.to} ${after?.to}`);
  return [...together.values()].flatMap((edges): readonly Change[] => {
    const [first] = edges;
    if (first === undefined) return [];
    const when = whenOf(
      pair.after,
      edges.map(({ path }) => path),
    );
    return [{ about: 'path', name: pair.name, text: sentence(when, first), security: null }];
  });
}

function sentence(when: string, { before, after }: ReturnType<typeof edgesOf>[number]): string {
  if (after === null) return `${when} nothing of its own happens any more; callers went to ${before?.to}.`;
  return `${when} callers go to ${after.to}${before === null ? '' : ` instead of ${before.to}`}.`;
}

function isKeyOfMenu({ verb }: Block, path: string): boolean {
  return verb === 'menu' || (verb === 'choose-method' && path !== 'next');
}

/** "After greet,", "In check, when the code is wrong or nothing was entered,", "In enter-code, by star,". */
function whenOf(block: Block, paths: readonly string[]): string {
  const kind = VERBS.get(block.verb)?.kind;
  const { name } = block;
  if (paths.every((path) => path === 'next')) return `After ${name},`;
  if (kind?.does === 'decide') {
    return `In ${name}, when ${kind.variable(block.body)} ${listed(paths.map(valueOf), 'or')},`;
  }
  if (kind?.does === 'link')
    return `In ${name}, when ${kind.callflow(block.body)} comes back by ${listed(paths, 'or')},`;
  if (kind?.does === 'perform')
    return `In ${name}, when ${listed(
      paths.map((path) => eventOf(block.verb, path)),
      'or',
    )},`;
  return `In ${name}, by ${listed(paths, 'or')},`;
}

function valueOf(path: string): string {
  return path === 'otherwise' ? 'is anything else' : path;
}
