import { DialproofError } from '../../core/errors.ts';
import type { ToPlay } from '../../simulator/play-scenario.ts';

/** That there is something to play, in these paths. @throws DialproofError `usage-wrong` */
export function holdsSome(plays: readonly ToPlay[], paths: readonly string[]): void {
  if (plays.length > 0) return;
  throw new DialproofError('usage-wrong', `There is no scenario in ${paths.join(', ')}.`, {
    fix: 'Write one there, name other files or folders, or add --suggest to have scenarios written.',
  });
}

/** The scenarios whose name, or file, holds the words; `/.../` is a regular expression. @throws DialproofError `usage-wrong` */
export function grep(plays: readonly ToPlay[], words: string): readonly ToPlay[] {
  const fits = fitting(words);
  const chosen = plays.filter(({ scenario, file }) => fits(scenario.name) || fits(file));
  if (chosen.length > 0 || plays.length === 0) return chosen;
  throw new DialproofError('usage-wrong', `No scenario's name or file ${holds(words)}.`, {
    fix: 'Write other words after --grep, or leave it out to play all scenarios.',
  });
}

function holds(words: string): string {
  return PATTERN.test(words) ? `fits ${words}` : `holds "${words}"`;
}

/** Words between slashes. */
const PATTERN = /^\/(.*)\/(i?)$/;

/** Whether a text holds the words, or fits the regular expression. @throws DialproofError `usage-wrong` */
export function fitting(words: string): (text: string) => boolean {
  const pattern = PATTERN.exec(words);
  if (pattern === null) return (text) => text.toLowerCase().includes(words.toLowerCase());
  return withPattern(words, pattern[1] ?? '', pattern[2] ?? '');
}

function withPattern(words: string, source: string, flags: string): (text: string) => boolean {
  try {
    const pattern = new RegExp(source, `u${flags}`);
    return (text) => pattern.test(text);
  } catch (error) {
    throw new DialproofError('usage-wrong', `${words} is no regular expression: ${(error as Error).message}.`, {
      fix: 'Write plain words, or a regular expression between two slashes, for example --grep /wrong|expired/.',
    });
  }
}

/** The scenarios of one machine of several: `2/4` is the second of four. @throws DialproofError `usage-wrong` */
export function shard(plays: readonly ToPlay[], written: string): readonly ToPlay[] {
  const match = /^(\d{1,4})\/(\d{1,4})$/.exec(written);
  const [index, count] = [Number(match?.[1]), Number(match?.[2])];
  if (match === null || index < 1 || index > count)
    throw new DialproofError('usage-wrong', `"${written}" names no part of a whole.`, {
      fix: 'Write for example --shard 2/4 for the second of four parts.',
    });
  return plays.filter((_, at) => at % count === index - 1);
}
