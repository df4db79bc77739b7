import type { WordReader } from '../../core/call/heard-words.ts';
import type { Step } from '../../core/scenario/scenario-schema.ts';
import type { Question } from '../improviser.ts';
import type { Move } from './caller.ts';

/** What a caller may do at a question. */
export interface Answers {
  /** As it hopes for; never empty. */
  readonly on: readonly Step[];
  readonly astray: readonly Step[];
}

const KEYS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'star', 'hash'] as const;
const ACCOUNTS = ['1001', '1002'] as const;

/** Reads from what was said which answers fit. */
export function answersTo(question: Question, reader: WordReader): Answers {
  const { gather } = question.listening;
  const spoken: readonly Step[] = gather.speech === undefined ? [] : [{ says: 'one zero zero one' }];
  if (gather.speech?.only === true) return { on: spoken, astray: pressing('star', '0') };
  const options = offered(question, reader);
  if (options.length > 0) return { on: [...pressing(...options), ...spoken], astray: pressing('0', 'star', '9') };
  const [ofAll, codes] = codesDue(question);
  const on = codes > 0 ? ['code'] : gather.numDigits === undefined ? ACCOUNTS : ['1'.repeat(gather.numDigits)];
  const astray = ['wrong-code', ...(ofAll > 1 ? ['old-code'] : []), 'star', '0', '12', 'hash'];
  return { on: [...pressing(...on), ...spoken], astray: pressing(...astray) };
}

/** The steps of a move at this question. */
export function stepsOf(move: Move, question: Question, reader: WordReader): readonly Step[] {
  if (move.manner === 'leave') return ['hangs-up', 'redials'];
  return [...move.before, answerOf(move, question, reader), ...move.after];
}

/** Nothing is pressed until this question ends. */
export function silence({ listening }: Question): Step {
  return { silent: listening.gather.timeout * 1000 };
}

function answerOf({ manner, pick }: Move, question: Question, reader: WordReader): Step {
  if (manner === 'silent') return silence(question);
  if (manner === 'key') return { press: KEYS[pick % KEYS.length] ?? '0' };
  const { on, astray } = answersTo(question, reader);
  const fitting = manner === 'on' ? on : astray;
  return fitting[pick % fitting.length] ?? silence(question);
}

function offered({ heard }: Question, reader: WordReader): readonly string[] {
  return heard.flatMap(({ prompts, text }) =>
    prompts.slice(0, 1).flatMap((prompt) => reader.optionsOf(prompt, text).map(({ name }) => name)),
  );
}

/** Codes that should have come in all calls, and in this one: nobody looks, which would be part of the call. */
function codesDue({ happened, call }: Question): readonly [number, number] {
  const due = happened.filter((each) => each.kind === 'took' && SENT.includes(each.taken.path));
  return [due.length, due.filter((each) => each.call === call).length];
}

const SENT: readonly string[] = ['sent', 'nothing-to-send'];

function pressing(...keys: readonly string[]): readonly Step[] {
  return keys.map((press) => ({ press }));
}
