import { playScenario, type OpenStage, type ToPlay } from '../../simulator/play-scenario.ts';
import type { Played } from '../../simulator/record.ts';

/** Plays scenarios and answers with how they went, in any order. */
export interface Players {
  play(plays: readonly Numbered[]): AsyncIterable<NumberedPlayed>;
  close(): Promise<void>;
}

export interface Numbered {
  readonly play: ToPlay;
  /** Among all scenarios of the files. */
  readonly number: number;
}

export interface NumberedPlayed {
  readonly played: Played;
  readonly number: number;
}

/** So long other things wait, Ctrl-C among them, milliseconds. */
const BREATH = 50;

/** One scenario after the other, in this thread. */
export function oneByOne(open: OpenStage): Players {
  return {
    async *play(plays) {
      let since = performance.now();
      for (const { play, number } of plays) {
        yield { played: await playScenario(play, open), number };
        if (performance.now() - since < BREATH) continue;
        await new Promise((resolve) => void setImmediate(resolve));
        since = performance.now();
      }
    },
    close: () => Promise.resolve(),
  };
}

/** Several at once, where each waits for others most of the time. */
export function atOnce(
  playOne: (play: ToPlay) => Promise<Played>,
  options: { readonly most: number; readonly skips: (play: ToPlay) => string | null },
): Players {
  const { most, skips } = options;
  return {
    async *play(plays) {
      const waiting = [...plays];
      const running = new Set<Promise<() => NumberedPlayed>>();
      while (waiting.length > 0 || running.size > 0) {
        while (running.size < most) {
          const next = waiting.shift();
          if (next === undefined) break;
          const { play, number } = next;
          const reason = skips(play);
          if (reason !== null) {
            yield { played: skipped(play, reason), number };
            continue;
          }
          const one = playOne(play).then((played) => () => {
            running.delete(one);
            return { played, number };
          });
          running.add(one);
        }
        if (running.size > 0) yield (await Promise.race(running))();
      }
    },
    close: () => Promise.resolve(),
  };
}

function skipped({ file, callflow, scenario }: ToPlay, reason: string): Played {
  const { name, at } = scenario;
  const nothing = {
    steps: [],
    codes: [],
    expected: [],
    heard: [],
    happened: [],
    taken: [],
    calls: 0,
    lasted: 0,
    ms: 0,
  };
  return { file, callflow, name, at, outcome: 'skipped', reason, ...nothing };
}

/** The scenarios' outcomes in their own order, each as soon as those before it are there. */
export async function* inTurn(
  outcomes: AsyncIterable<NumberedPlayed>,
  plays: readonly Numbered[],
): AsyncIterable<Played> {
  // A scenario that is played several times has several.
  const waiting = new Map<number, Played[]>();
  let next = 0;
  for await (const { played, number } of outcomes) {
    waiting.set(number, [...(waiting.get(number) ?? []), played]);
    for (;;) {
      const ready = waiting.get(plays[next]?.number ?? -1)?.shift();
      if (ready === undefined) break;
      next += 1;
      yield ready;
    }
  }
}
