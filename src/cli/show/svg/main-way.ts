import type { Picture } from '../picture.ts';

/** The dot where calls begin; no block can have this name. */
export const START = '';

/** From the start always by the first arrow to another block, as the file tells the story: drawn as one straight line. */
export function mainWay(picture: Picture): readonly string[] {
  const way = new Set([START]);
  const exits = new Set(picture.exits.map(({ name }) => name));
  let here: string | undefined = picture.start;
  while (here !== undefined) {
    way.add(here);
    const from: string = here;
    const next = picture.arrows.flatMap((arrow) =>
      arrow.from === from && !arrow.limit && !way.has(arrow.to) ? [arrow.to] : [],
    );
    here = next.find((name) => !exits.has(name)) ?? next[0];
  }
  return [...way];
}
