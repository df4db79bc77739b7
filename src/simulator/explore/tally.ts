import type { Played } from '../record.ts';
import type { Found } from './explorer.ts';

/** What calls have come to; plain data, so that threads can hand it on. */
export interface Tally {
  /** Callers; those who call again count once. */
  callers: number;
  /** `callflow/block/path`. */
  readonly paths: Set<string>;
  /** How many calls left by each. */
  readonly exits: Map<string, number>;
  /** Of one call: requests, and milliseconds by the telephone's clock. */
  longest: { readonly turns: number; readonly ms: number };
  /** By rule, the shortest first. */
  readonly found: Map<string, readonly Found[]>;
}

/** As many calls of the same failure are kept: the shortest one is not always the one that shrinks the most. */
const KEPT = 6;

export function emptyTally(): Tally {
  return { callers: 0, paths: new Set(), exits: new Map(), longest: { turns: 0, ms: 0 }, found: new Map() };
}

export function countCall(tally: Tally, played: Played, found: Found | null): void {
  tally.callers += 1;
  for (const path of played.taken) tally.paths.add(pathName(path));
  let turns = 0;
  for (const each of played.happened) {
    if (each.kind !== 'sum') continue;
    const exit = each.sum.exit || 'hung up';
    tally.exits.set(exit, (tally.exits.get(exit) ?? 0) + 1);
    turns = Math.max(turns, each.sum.turns ?? 0);
  }
  if (turns > tally.longest.turns) tally.longest = { turns, ms: played.lasted };
  if (found !== null) keep(tally, found.rule, [found]);
}

/** Adds the other to the first. */
export function addTally(tally: Tally, other: Tally): void {
  tally.callers += other.callers;
  for (const path of other.paths) tally.paths.add(path);
  for (const [exit, count] of other.exits) tally.exits.set(exit, (tally.exits.get(exit) ?? 0) + count);
  if (other.longest.turns > tally.longest.turns) tally.longest = other.longest;
  for (const [rule, found] of other.found) keep(tally, rule, found);
}

export function pathName({ callflow, block, path }: Played['taken'][number]): string {
  return `${callflow}/${block}/${path}`;
}

function keep(tally: Tally, rule: string, found: readonly Found[]): void {
  const all = [...(tally.found.get(rule) ?? []), ...found];
  tally.found.set(rule, all.toSorted((a, b) => a.steps.length - b.steps.length).slice(0, KEPT));
}
