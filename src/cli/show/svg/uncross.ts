import type { Item } from './settle.ts';

type Row = readonly Item[];

const ROUNDS = 12;
/** So many crossings less are worth another order of the boxes than that of the file. */
const WORTH = 4;

/**
 * The rows with their items in an order that crosses few arrows. Fixed items stay where they are, and boxes stay in the
 * order of the file unless another is clearly better.
 */
export function uncrossed(rows: readonly Row[]): readonly Row[] {
  const told = fewest([swapped(rows), ...rounds(rows, monotone)]);
  const free = fewest(rounds(rows, (_row, wish) => wish));
  return crossings(free) + WORTH <= crossings(told) ? free : told;
}

function fewest(candidates: readonly (readonly Row[])[]): readonly Row[] {
  return candidates.reduce((best, each) => (crossings(each) < crossings(best) ? each : best));
}

/** Where an item would like to be in its row: anything that can be compared. */
type Wish = ReadonlyMap<Item, number>;

/** Sorts down, and up again, as often as it may help. */
function rounds(rows: readonly Row[], mended: (row: Row, wish: Wish) => Wish): readonly (readonly Row[])[] {
  const found: (readonly Row[])[] = [];
  for (let round = 0; round < ROUNDS; round++)
    found.push(swapped(sorted(found.at(-1) ?? rows, round % 2 === 0 ? -1 : 1, mended)));
  return found;
}

/** Every row in the order of what its items are tied to above (-1) or below (1) it. */
function sorted(rows: readonly Row[], side: 1 | -1, mended: (row: Row, wish: Wish) => Wish): readonly Row[] {
  const done = [...rows];
  const indexes = [...rows.keys()];
  for (const index of side === -1 ? indexes : indexes.toReversed()) {
    const places = placesIn(done[index + side] ?? []);
    const row = done[index] ?? [];
    const wish = new Map(row.map((item, at) => [item, item.fixed ? -1 : (middle(tied(item, places)) ?? at)]));
    const order = mended(row, wish);
    done[index] = row.toSorted((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  }
  return done;
}

/** No box wants to be left of one that stands before it. */
function monotone(row: Row, wish: Wish): Wish {
  let least = -Infinity;
  return new Map(
    row.map((item) => {
      const wanted = wish.get(item) ?? 0;
      if (!item.box) return [item, wanted];
      least = Math.max(least, wanted);
      return [item, least];
    }),
  );
}

/** Neighbours change places as long as that helps. */
function swapped(rows: readonly Row[]): readonly Row[] {
  const done = rows.map((row) => [...row]);
  for (let round = 0, better = true; better && round < ROUNDS; round++) {
    better = false;
    for (const [index, row] of done.entries()) {
      const around = [placesIn(done[index - 1] ?? []), placesIn(done[index + 1] ?? [])];
      for (let at = 1; at < row.length; at++) {
        const [left, right] = [row[at - 1], row[at]];
        if (left === undefined || right === undefined || left.fixed || right.fixed) continue;
        const gain = around.reduce((sum, places) => sum + gainOf(tied(left, places), tied(right, places)), 0);
        if (gain <= 0) continue;
        row.splice(at - 1, 2, right, left);
        better = true;
      }
    }
  }
  return done;
}

function crossings(rows: readonly Row[]): number {
  let sum = 0;
  for (const [index, row] of rows.entries()) {
    const below = placesIn(rows[index + 1] ?? []);
    const ends = row.map((item) => tied(item, below));
    for (const [at, left] of ends.entries())
      for (const right of ends.slice(at + 1)) for (const a of left) for (const b of right) if (a > b) sum += 1;
  }
  return sum;
}

function placesIn(row: Row): ReadonlyMap<Item, number> {
  return new Map(row.map((item, index) => [item, index]));
}

function tied(item: Item, places: ReadonlyMap<Item, number>): readonly number[] {
  return item.ties.flatMap(({ to }) => places.get(to) ?? []);
}

function middle(places: readonly number[]): number | null {
  return places.length === 0 ? null : places.reduce((sum, each) => sum + each, 0) / places.length;
}

/** Crossings less if two neighbours with these ties change places. */
function gainOf(left: readonly number[], right: readonly number[]): number {
  let gain = 0;
  for (const a of left) for (const b of right) gain += Math.sign(a - b);
  return gain;
}
