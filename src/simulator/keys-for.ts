import type { HeardOption, WordReader } from '../core/call/heard-words.ts';
import type { CallEar } from './call-ear.ts';
import type { ArrivedCode } from './stage.ts';

export interface AtQuestion {
  readonly ear: CallEar;
  readonly codes: readonly ArrivedCode[];
  /** Those of the calls before this one. */
  readonly before: readonly ArrivedCode[];
  /** Digits that are asked for, where the number is fixed. */
  readonly length: number | undefined;
  readonly reader: WordReader;
}

type Keys = { readonly keys: string } | { readonly instead: string; readonly fix: string };

/** The keys of a step `press`: written ones, those of an option that was heard, or a code. */
export function keysFor(pressed: string, at: AtQuestion): Keys {
  if (/^[\d*#]+$/.test(pressed)) return { keys: pressed };
  if (pressed === 'star') return { keys: '*' };
  if (pressed === 'hash') return { keys: '#' };
  if (pressed === 'code') return codeOr(at.codes.at(-1), at, 'No code has come in this call.');
  if (pressed === 'old-code')
    return codeOr([...at.before, ...at.codes.slice(0, -1)].at(-1), at, 'No code has come before the newest one.');
  if (pressed === 'wrong-code') return { keys: wrongCode(at) };
  return optionKey(pressed, at);
}

function codeOr(arrived: ArrivedCode | undefined, { ear }: AtQuestion, instead: string): Keys {
  return arrived === undefined ? { instead, fix: `Heard last: ${ear.last()}` } : { keys: arrived.code };
}

/** As long as the newest code and unlike every one that came. */
function wrongCode({ codes, before, length }: AtQuestion): string {
  const known = [...before, ...codes].map(({ code }) => code);
  let wrong = known.at(-1) ?? '9'.repeat(length ?? 6);
  do wrong = wrong.replaceAll(/\d/g, (digit) => String((Number(digit) + 1) % 10));
  while (known.includes(wrong));
  return wrong;
}

function optionKey(name: string, { ear, reader }: AtQuestion): Keys {
  const offered = (only?: string): readonly HeardOption[] =>
    ear.question.flatMap(({ prompts, text }) =>
      prompts.slice(0, 1).flatMap((prompt) => reader.optionsOf(prompt, text, only)),
    );
  const [option] = offered(name);
  if (option !== undefined) return { keys: option.key === 'star' ? '*' : option.key === 'hash' ? '#' : option.key };
  const list = offered()
    .map((each) => `${each.name} (${each.key})`)
    .join(', ');
  return {
    instead: list === '' ? 'The question is no menu.' : `The menu offers: ${list}.`,
    fix: list === '' ? `Heard last: ${ear.last()}` : 'Press one of these, or a key.',
  };
}
