import { LineCaller } from './line-caller.ts';
import type { Target } from './line-call.ts';

/** Turns a second that a server answers while so many callers press their next key at once, for so long or so often. */
export async function closedLoop(
  target: Target,
  {
    callers,
    ms = Infinity,
    most = Infinity,
  }: { readonly callers: number; readonly ms?: number; readonly most?: number },
): Promise<{ readonly turns: number; readonly perSecond: number }> {
  const caller = new LineCaller(target, callers);
  const began = performance.now();
  let turns = 0;
  const one = async (): Promise<void> => {
    while (performance.now() - began < ms && turns < most) {
      await caller.turn();
      turns++;
    }
  };
  await Promise.all(Array.from({ length: callers }, one));
  const perSecond = (turns / (performance.now() - began)) * 1000;
  await caller.close();
  return { turns, perSecond };
}
