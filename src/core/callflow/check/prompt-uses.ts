import { VERBS } from '../../blocks/index.ts';
import type { CallValue } from '../../call/prompts.ts';
import { METHODS } from '../../method.ts';
import { PAGE_TEXTS } from '../../sign-in/page-texts.ts';
import type { Block, Callflow } from '../callflow.ts';

/** A place where a prompt is spoken. */
export interface PromptUse {
  readonly prompt: string;
  /** The block or exit; null where the engine or a page speaks, which have no values of a call to put in. */
  readonly node: string | null;
  /** `say` and `question` may have a text for each method, `menu` has one for each option, `notice` is one text. */
  readonly as: 'say' | 'question' | 'menu' | 'notice';
  /** Of a question: texts for why it is asked again, and, on a page, the name of the button that stands for star. */
  readonly besides?: readonly string[];
  /** Of a menu: the names of their texts, and the values of their own that these may name. */
  readonly options: readonly { readonly name: string; readonly tells?: readonly CallValue[] }[];
}

/** Every place where a callflow speaks a prompt in this language, those of the engine included. */
export function promptUses(callflow: Callflow, locale: string): readonly PromptUse[] {
  const blocks = [...callflow.blocks.values()].flatMap((block) => usesIn(block, locale, callflow));
  const exits = Object.entries(callflow.exits).flatMap(([name, { say, does }]) => [
    ...(say === undefined ? [] : [use(say, name, 'say')]),
    ...(does === 'return' ? [use('goodbye', name, 'say')] : []),
  ]);
  const pages = callflow.signIn === null ? [] : PAGE_TEXTS;
  return [...blocks, ...exits, ...[...OF_THE_ENGINE, ...pages].map((prompt) => use(prompt, null, 'notice'))];
}

function usesIn(block: Block, locale: string, callflow: Callflow): readonly PromptUse[] {
  const { name, verb: verbName, body } = block;
  const verb = VERBS.get(verbName);
  const prompt = verb?.prompts?.(body)[0];
  if (verb === undefined || prompt === undefined) return [];
  const languages = verb.languages?.(body) ?? {};
  const isHere = (key: string): boolean => (languages[key] ?? locale) === locale;
  if (verb.kind.does !== 'listen') return isHere(prompt) ? [use(prompt, name, 'say')] : [];
  const silence = use('silence', name, 'notice');
  const besides = [...reasonsIn(callflow), ...(hasButton(block, callflow) ? ['star'] : [])];
  const options = verb.options?.(body).filter((option) => isHere(`${prompt}.${option.name}`));
  return options === undefined
    ? [{ ...use(prompt, name, 'question'), besides }, silence, use('wrong-length', name, 'notice')]
    : [{ prompt, node: name, as: 'menu', options }, silence, use('unknown-key', name, 'notice')];
}

/** Why a code is asked for again, under the settings of the OTP nodes (L32, L33). */
function reasonsIn({ settings }: Callflow): readonly string[] {
  return settings['otp-nodes'] === undefined ? [] : ['blank', 'wrong'];
}

/** Whether a page shows a button for the star key beside the field: only what is typed has one. */
export function hasButton({ name, verb, body }: Block, callflow: Callflow): boolean {
  const paths = VERBS.get(verb)?.paths(body, { name, callflow }) ?? {};
  return callflow.signIn !== null && verb === 'collect' && Object.hasOwn(paths, 'star');
}

const OF_THE_ENGINE = ['one-moment', 'on-its-way', 'no-one-available', 'technical-problem'];

function use(prompt: string, node: string | null, as: 'say' | 'question' | 'notice'): PromptUse {
  return { prompt, node, as, options: [] };
}

/** The variants of a prompt that may be heard in a place; its plain text always may. */
export function variantsHeard({ as, options, besides = [] }: PromptUse): readonly string[] {
  switch (as) {
    case 'notice':
      return [];
    case 'say':
      return METHODS;
    case 'question':
      return ['ask', 'again', 'help', ...besides, ...METHODS];
    case 'menu':
      return ['ask', 'again', 'help', ...options.map(({ name }) => name)];
  }
}

/** Whether the place has anything to say, or to ask, at all, whatever else is worded. */
export function hasWords({ prompt, as }: PromptUse, worded: (key: string) => boolean): boolean {
  if (worded(prompt)) return true;
  const questions = as === 'menu' || as === 'question' ? ['ask', 'again'] : [];
  const methods = as === 'say' || as === 'question' ? METHODS : [];
  return [...questions, ...methods].some((variant) => worded(`${prompt}.${variant}`));
}
