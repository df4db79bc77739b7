import { grouped } from '../grouped.ts';
import { listed, methodInWords } from '../in-words.ts';
import type { Change } from './change.ts';
import { blockPairs, edgesOf, type BlockPair, type Sides } from './sides.ts';
import { textsOf } from './texts.ts';

/** What has become of a key of one block: "key 3 is gone; it led to agent". */
interface KeyChange {
  readonly block: string;
  readonly text: string;
}

/** Where keys lead, and which key gets a code by which method. The same change of several blocks is one. */
export function compareKeys(sides: Sides): readonly Change[] {
  const found = blockPairs(sides).flatMap((pair) => {
    const { verb } = pair.after;
    if (pair.before.verb !== verb || (verb !== 'menu' && verb !== 'choose-method')) return [];
    return [...(verb === 'choose-method' ? methodKeys(pair, sides) : []), ...keysOf(pair, sides)];
  });
  return [...grouped(found, ({ text }) => text)].map(([text, changes]) => {
    const blocks = changes.map(({ block }) => block);
    return { about: 'key', name: blocks[0] ?? '', text: `In ${listed(blocks)}, ${text}.`, security: null };
  });
}

interface Keyed {
  readonly key: string;
  readonly to: string;
}

function keysOf(pair: BlockPair, sides: Sides): readonly KeyChange[] {
  const edges = edgesOf(pair, sides).filter(({ path }) => path !== 'next');
  const was = edges.flatMap(({ path, before }) => (before?.by === 'key' ? [{ key: path, to: before.to }] : []));
  const is = edges.flatMap(({ path, after }) => (after?.by === 'key' ? [{ key: path, to: after.to }] : []));
  const changed = is.map((each): string | null => {
    const before = was.find(({ key }) => key === each.key);
    if (before?.to === each.to) return null;
    const to = `${each.to}${optionOf(each, pair, sides)}`;
    const moved = was.find((other) => other.to === each.to);
    if (moved !== undefined && !is.some(({ key, to }) => key === moved.key && to === moved.to))
      return `key ${each.key} now leads to ${to}; it was key ${moved.key}`;
    if (before === undefined) return `key ${each.key} is new: it leads to ${to}`;
    return `key ${each.key} leads to ${to} instead of ${before.to}`;
  });
  const gone = was
    .filter(({ key, to }) => !is.some((each) => each.key === key || each.to === to))
    .map(({ key, to }) => `key ${key} is gone; it led to ${to}`);
  return [...changed, ...gone].flatMap((text) => (text === null ? [] : [{ block: pair.name, text }]));
}

/** What the menu calls it: ` ("To get a new code")`. */
function optionOf({ to }: Keyed, { after }: BlockPair, { after: side, defaultLocale }: Sides): string {
  const { menu: prompt } = after.body as { readonly menu?: string };
  const text = textsOf(side.project, side.callflow.name, defaultLocale)
    .prompt(prompt ?? '')
    .get(to);
  return text === undefined ? '' : ` ("${text}")`;
}

/** The keys as a caller hears them who has every method. */
function methodKeys({ name }: BlockPair, { before, after }: Sides): readonly KeyChange[] {
  const was = before.callflow.settings.methods;
  return after.callflow.settings.methods.flatMap((method, index) => {
    const earlier = was.indexOf(method);
    if (earlier === index || earlier === -1) return [];
    return [{ block: name, text: `key ${index + 1} now gets ${methodInWords(method)}; it was key ${earlier + 1}` }];
  });
}
