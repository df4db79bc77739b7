import { counted, sentenceOf } from '../in-words.ts';
import { limitPaths } from '../../blocks/defaults.ts';
import { fallbackExit, type Callflow } from '../callflow.ts';
import { looserIfMore, type Change } from './change.ts';
import { blockPairs, edgesOf, type BlockPair, type Side, type Sides } from './sides.ts';

/** Where a limit of the settings leads, and how many it allows. */
interface Limit {
  readonly most: number | null;
  readonly to: string;
}

/** The limits of the settings by the words for what uses them up; `what` is null where nothing is counted. */
const LIMITS = {
  sends: { what: 'send', secures: true, who: '' },
  attempts: { what: 'wrong code', secures: true, who: '' },
  'wrong-keys': { what: 'wrong key', secures: false, who: '' },
  silences: { what: 'silence', secures: false, who: '' },
  locked: { what: null, secures: true, who: 'callers whose account is locked' },
  'no-method': { what: null, secures: true, who: 'callers without a verified contact method' },
} as const;

type LimitName = keyof typeof LIMITS;

/** The limits of the settings, and then the blocks that have limits of their own. */
export function compareLimits(sides: Sides): readonly Change[] {
  const { before, after, now } = sides;
  const inSettings = (Object.keys(LIMITS) as LimitName[]).flatMap((name): readonly Change[] => {
    const was = limitOf(name, before.callflow);
    const is = limitOf(name, after.callflow);
    if (!isTaken(name, before) || !isTaken(name, after)) return [];
    return sentence({ was: { ...was, to: now(was.to) }, is, name, where: '' }, after);
  });
  return [...inSettings, ...blockPairs(sides).flatMap((pair) => ofBlock(pair, sides))];
}

function limitOf(name: LimitName, callflow: Callflow): Limit {
  const { limits } = callflow.settings;
  const { sends, attempts, locked, noMethod } = limitPaths(callflow);
  const otherwise = fallbackExit(callflow);
  switch (name) {
    case 'sends':
      return { most: limits.sends.most, to: sends };
    case 'attempts':
      return { most: limits['attempts-per-code'].most, to: attempts };
    case 'wrong-keys':
    case 'silences':
      return { most: limits[name].most, to: limits[name].then ?? otherwise };
    case 'locked':
      return { most: null, to: locked };
    case 'no-method':
      return { most: null, to: noMethod };
  }
}

/** The limit of the settings that an edge stands for, and whether its block leaves it to them. */
function settingOf(verb: string, path: string): LimitName | null {
  if (path === 'silences' || path === 'wrong-keys') return path;
  if (path === 'none') return 'no-method';
  if (path === 'locked') return 'locked';
  if (path === 'no-send-left') return 'sends';
  if (path === 'too-many') return verb === 'verify-code' ? 'attempts' : 'sends';
  return null;
}

/** Whether a caller can come to a block that the setting speaks for. */
function isTaken(name: LimitName, { callflow, graph, reached }: Side): boolean {
  const { most, to } = limitOf(name, callflow);
  return graph.edges.some((edge) => {
    const verb = callflow.blocks.get(edge.from)?.verb ?? '';
    if (!reached.has(edge.from) || edge.by !== 'limit' || settingOf(verb, edge.path) !== name) return false;
    return edge.to === to && (edge.most ?? most) === most;
  });
}

function ofBlock(pair: BlockPair, sides: Sides): readonly Change[] {
  const { before, after, now } = sides;
  return edgesOf(pair, sides).flatMap((edges): readonly Change[] => {
    const { path } = edges;
    const name = settingOf(pair.after.verb, path);
    if (name === null || edges.before?.by !== 'limit' || edges.after?.by !== 'limit') return [];
    const was = { most: edges.before.most ?? null, to: edges.before.to };
    const is = { most: edges.after.most ?? null, to: edges.after.to };
    // What the settings say for all blocks is said once.
    const [wasSet, isSet] = [limitOf(name, before.callflow), limitOf(name, after.callflow)];
    if (isSame(was, { ...wasSet, to: now(wasSet.to) }) && isSame(is, isSet)) return [];
    const [own] = sentence({ was, is, name, where: pair.name }, after);
    return own === undefined ? [] : [own];
  });
}

function isSame(a: Limit, b: Limit): boolean {
  return a.to === b.to && (a.most === null || b.most === null || a.most === b.most);
}

function sentence(
  {
    was,
    is,
    name,
    where,
  }: { readonly was: Limit; readonly is: Limit; readonly name: LimitName; readonly where: string },
  after: Side,
): readonly Change[] {
  if (isSame(was, is)) return [];
  const { what, secures, who } = LIMITS[name];
  const to = was.to === is.to ? `to ${is.to}` : `to ${is.to} instead of ${was.to}`;
  const inBlock = where === '' ? '' : `In ${where}, `;
  const counts = was.most === is.most || is.most === null ? '' : ` instead of ${was.most}`;
  const text =
    what === null || is.most === null
      ? `${inBlock}${who} go ${to}.`
      : `${inBlock}after ${counted(is.most, what)}${counts}, callers go ${to}.`;
  const more = was.most === null || is.most === null ? null : looserIfMore(was.most, is.most);
  const leaves = (exit: string): boolean => !after.callflow.blocks.has(exit);
  const target = leaves(was.to) === leaves(is.to) ? null : leaves(was.to) ? 'looser' : 'tighter';
  return [{ about: 'limit', name: where, text: sentenceOf(text), security: secures ? (more ?? target) : null }];
}
