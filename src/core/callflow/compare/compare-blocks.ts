import { VERBS } from '../../blocks/index.ts';
import type { Block } from '../callflow.ts';
import type { Change } from './change.ts';
import { changed, leavesOf } from './leaves.ts';
import { blockPairs, LEADING, type BlockPair, type Side, type Sides } from './sides.ts';
import { textsOf } from './texts.ts';

/** Blocks that callers newly come to or come to no longer, other names, and what else a block does differently. */
export function compareBlocks(sides: Sides): readonly Change[] {
  const { before, after, now, renamed } = sides;
  const is = (name: string, text: string): Change => ({ about: 'block', name, text, security: null });
  const names = [...renamed].filter(([name]) => before.callflow.blocks.has(name));
  return [
    ...reachedBlocks(after)
      .filter(({ name }) => !reachedBlocks(before).some((each) => now(each.name) === name))
      .map((block) => is(block.name, `Callers now come to ${block.name}, ${described(block, after, sides)}`)),
    ...reachedBlocks(before)
      .filter(({ name }) => !after.reached.has(now(name)))
      .map((block) => is(block.name, `Callers no longer come to ${block.name}, ${described(block, before, sides)}`)),
    ...names.map(([was, name]) => is(name, `${was} is called ${name} now; callers notice nothing of it.`)),
    ...blockPairs(sides).flatMap((pair) => ofPair(pair, sides).map((text) => is(pair.name, text))),
  ];
}

function reachedBlocks({ callflow, reached }: Side): readonly Block[] {
  return [...callflow.blocks.values()].filter(({ name }) => reached.has(name));
}

/** `a menu: "How would you like ..."`. */
function described(block: Block, { callflow, project }: Side, { defaultLocale }: Sides): string {
  const [prompt] = VERBS.get(block.verb)?.prompts?.(block.body) ?? [];
  const texts = prompt === undefined ? null : textsOf(project, callflow.name, defaultLocale).prompt(prompt);
  const words = texts === null ? undefined : (texts.get('ask') ?? [...texts.values()][0]);
  return words === undefined ? `a ${block.verb}.` : `a ${block.verb}: "${words}"`;
}

/** Keys of a block that are told with its paths, limits and words. */
const TOLD: readonly string[] = [...LEADING, 'wait', 'digits'];

function ofPair({ name, before, after }: BlockPair, sides: Sides): readonly string[] {
  if (before.verb !== after.verb)
    return [`${name} was a ${before.verb} and is now ${described(after, sides.after, sides)}`];
  const says = VERBS.get(after.verb)?.prompts !== undefined;
  const [was, is] = [leavesOf(before.body), leavesOf(after.body)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((key) => !TOLD.some((told) => key === told || key.startsWith(`${told}.`)) && !(says && key === after.verb))
    .filter((key) => was.get(key) !== is.get(key))
    .map((key) => `In ${name}, ${changed(key, was.get(key), is.get(key))}`);
}
