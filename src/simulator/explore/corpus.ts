import type { Played } from '../record.ts';
import type { Scripted } from './explorer.ts';
import { pathName } from './tally.ts';

/** More of the same is no news. */
const MOST_TIMES = 4;

/** Calls that led where none had been: others begin like them. */
export class Corpus {
  readonly calls: Scripted[] = [];
  private readonly marks = new Set<string>();

  /** Keeps a call that took a path which is new, or took one oftener than any before it. */
  offer(call: Scripted, { taken, happened }: Pick<Played, 'taken' | 'happened'>): void {
    const before = this.marks.size;
    const times = new Map<string, number>();
    for (const each of taken) {
      const path = pathName(each);
      const time = Math.min(MOST_TIMES, (times.get(path) ?? 0) + 1);
      times.set(path, time);
      this.marks.add(`${path} ${time}`);
    }
    for (const each of happened) if (each.kind === 'sum') this.marks.add(`${each.sum.exit} ${each.sum.sends}`);
    if (this.marks.size > before) this.calls.push(call);
  }
}
