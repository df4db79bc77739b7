import { DialproofError } from '../../core/errors.ts';
import type { ToPlay } from '../../simulator/play-scenario.ts';

/** The scenarios whose name, or file, holds the words; `/.../` is a regular expression. @throws DialproofError `usage-wrong` */
export function grep(plays: readonly ToPlay[], words: string): readonly ToPlay[] {
  const fits = fitting(words);
  return plays.filter(({ scenario, file }) => fits(scenario.name) || fits(file));
}

/** Whether a text holds the words, or fits the regular expression. @throws DialproofError `usage-wrong` */
export function fitting(words: string): (text: string) => boolean {
  const pattern = /^\/(.*)\/(i?)$/.exec(words);
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
