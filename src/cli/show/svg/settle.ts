/** Something with a place in a row: a box, or where an arrow passes the row. */
export interface Item {
  x: number;
  /** With the space around it. */
  readonly width: number;
  /** Held where it is, at the left of its row; the others settle around it. */
  readonly fixed: boolean;
  readonly box: boolean;
  readonly ties: Tie[];
}

/** What an item wants to be above or below of. */
export interface Tie {
  readonly to: Item;
  readonly weight: number;
}

const SWEEPS = 240;
const FIRM = 1e9;

/** Ties two items: the heavier, the straighter the line between them. */
export function tie(a: Item, b: Item, weight: number): void {
  a.ties.push({ to: b, weight });
  b.ties.push({ to: a, weight });
}

/**
 * Moves the items of every row so that the arrows between the rows are short and straight. Items keep their order and
 * do not overlap.
 */
export function settle(rows: readonly (readonly Item[])[]): void {
  for (let sweep = 0; sweep < SWEEPS; sweep++)
    for (const row of sweep % 2 === 0 ? rows : rows.toReversed()) settleRow(row);
}

/**
 * Makes a line that passes several rows straight where there is room: over as many rows at a time as have a common free
 * place.
 */
export function unbend(line: readonly Item[], rows: ReadonlyMap<Item, readonly Item[]>): void {
  let run: Item[] = [];
  let room: Room = { from: -Infinity, to: Infinity };
  const place = (): void => {
    const wanted = run.reduce((sum, { x }) => sum + x, 0) / run.length;
    for (const item of run) item.x = Math.min(room.to, Math.max(room.from, wanted));
  };
  for (const item of line) {
    const here = roomOf(item, rows.get(item) ?? []);
    const both = { from: Math.max(room.from, here.from), to: Math.min(room.to, here.to) };
    if (both.from <= both.to) {
      run.push(item);
      room = both;
      continue;
    }
    place();
    run = [item];
    room = here;
  }
  place();
}

interface Room {
  readonly from: number;
  readonly to: number;
}

function roomOf(item: Item, row: readonly Item[]): Room {
  const at = row.indexOf(item);
  const [left, right] = [row[at - 1], row[at + 1]];
  return {
    from: left === undefined ? -Infinity : left.x + (left.width + item.width) / 2 - 0.01,
    to: right === undefined ? Infinity : right.x - (right.width + item.width) / 2 + 0.01,
  };
}

/** The places nearest to the wanted ones that keep the order: items that get in each other's way move as one block. */
function settleRow(row: readonly Item[]): void {
  const blocks: { wanted: number; weight: number; items: { item: Item; offset: number }[] }[] = [];
  for (const item of row) {
    let block = { ...wish(item), items: [{ item, offset: 0 }] };
    for (let before = blocks.at(-1); before !== undefined; before = blocks.at(-1)) {
      const last = before.items.at(-1);
      const first = block.items[0];
      if (last === undefined || first === undefined) break;
      const apart = last.offset + (last.item.width + first.item.width) / 2;
      if (before.wanted + apart <= block.wanted) break;
      const weight = before.weight + block.weight;
      block = {
        wanted: (before.wanted * before.weight + (block.wanted - apart) * block.weight) / weight,
        weight,
        items: [
          ...before.items,
          ...block.items.map(({ item: each, offset }) => ({ item: each, offset: offset + apart })),
        ],
      };
      blocks.pop();
    }
    blocks.push(block);
  }
  for (const { wanted, items } of blocks) for (const { item, offset } of items) item.x = wanted + offset;
}

function wish(item: Item): { readonly wanted: number; readonly weight: number } {
  if (item.fixed) return { wanted: item.x, weight: FIRM };
  const weight = item.ties.reduce((sum, each) => sum + each.weight, 0);
  if (weight === 0) return { wanted: item.x, weight: 0.01 };
  return { wanted: item.ties.reduce((sum, each) => sum + each.to.x * each.weight, 0) / weight, weight };
}
