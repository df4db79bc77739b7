import { SingleBar } from 'cli-progress';
import { addTally, emptyTally, type Tally } from '../../simulator/explore/tally.ts';

/** Shows how far it is. */
export interface Progress {
  add(tally: Tally): void;
  stop(): void;
}

export const NO_PROGRESS: Progress = { add: () => undefined, stop: () => undefined };

/** A bar that moves; only for a terminal. */
export function progressBar(total: number, stream: NodeJS.WriteStream): Progress {
  const began = performance.now();
  const all = emptyTally();
  const bar = new SingleBar({
    format: '{bar} {value}/{total} calls, {rate} calls/s, {paths} paths, {broken}',
    stream,
    barsize: 24,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
    clearOnComplete: true,
    gracefulExit: false,
  });
  const shown = () => ({
    rate: Math.round((all.callers * 1000) / Math.max(1, performance.now() - began)),
    paths: all.paths.size,
    broken: all.found.size === 0 ? 'every rule holds' : `${all.found.size} broken`,
  });
  bar.start(total, 0, shown());
  return {
    add(tally) {
      addTally(all, tally);
      bar.update(Math.min(total, all.callers), shown());
    },
    stop: () => bar.stop(),
  };
}
