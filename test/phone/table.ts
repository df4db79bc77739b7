import type { Prompt } from './voice-platform.ts';

export interface Row extends Prompt {
  readonly call: string;
  /** dBFS. */
  readonly loudness: number;
}

/** dBFS: below this nobody would hear it. */
const SILENT = -45;
/** Seconds: what was cut shorter may have had no time to begin. */
const SHORTEST = 0.5;
const MOST_WORDS = 56;

export function isSilent({ from, to, cut, loudness }: Row): boolean {
  return loudness < SILENT && !(cut && to - from < SHORTEST);
}

/** What was heard, a prompt a line; `at` in seconds of the recording. */
export function table(rows: readonly Row[]): string {
  const line = ([call = '', words = '', ...figures]: readonly string[]): string =>
    [call.padEnd(9), words.padEnd(MOST_WORDS), ...figures.map((figure) => figure.padStart(8))].join(' ');
  return [
    line(['call', 'heard', 'at', 'seconds', 'dBFS']),
    ...rows.map(({ call, words, from, to, cut, loudness }) => {
      const seconds = `${(to - from).toFixed(1)}${cut ? ' cut' : ''}`;
      return line([call, short(words), from.toFixed(1), seconds, loudness.toFixed(1)]);
    }),
  ].join('\n');
}

function short(words: string): string {
  return words.length <= MOST_WORDS ? words : `${words.slice(0, MOST_WORDS - 3)}...`;
}
