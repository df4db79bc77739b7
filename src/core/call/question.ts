import type { Option, Question, Scene } from '../blocks/verb.ts';
import { variablesOf } from '../callflow/facts.ts';
import { digitsOfCode, inMinutes } from '../verification/code.ts';
import { maskedValues } from '../verification/mask.ts';
import { speak, spoken, type CallValue, type Wordings } from './prompts.ts';
import type { ValueOf } from './wording.ts';
import type { Form, FormOption, SpeechPart, Utterance } from './verbs.ts';

/** The language of the call at this place, and others. */
export interface Tongue {
  readonly wordings: Wordings;
  wordingsIn(locale: string): Wordings;
}

/**
 * What is said when a block asks: after an error first what happened, then the question, shorter where the prompt has
 * an `again`, and the second time its `help`.
 */
export function sayQuestion(question: Question, scene: Scene, tongue: Tongue): readonly Utterance[] {
  const values = promptValues(scene);
  const { before, asked } = wordsOf(question, { scene, wordings: tongue.wordings, values });
  if (asked === null) return before;
  return [...before, ...(question.options === undefined ? [asked] : menuOf(asked, question, { tongue, values }))];
}

/** The same for a page: its choices are buttons, by their own words. `star`: whether that key leads on from what is typed. */
export function showQuestion(
  question: Question,
  at: { readonly scene: Scene; readonly tongue: Tongue; readonly star: boolean },
): Omit<Form, 'block'> {
  const { scene, tongue, star } = at;
  const { wordings } = tongue;
  const values = promptValues(scene);
  const { before, asked } = wordsOf(question, { scene, wordings, values });
  const options: FormOption[] = (question.options ?? []).map((option) => {
    const { name, key } = option;
    const { wordings: own, parts } = optionWords(option, question, { tongue, values });
    return { key: key === 'star' ? '*' : key === 'hash' ? '#' : key, name, language: own.locale, parts };
  });
  const { locale: language } = wordings;
  if (star) {
    const { parts } = optionWords({ name: 'star', key: 'star' }, question, { tongue, values });
    options.push({ key: '*', name: 'star', language, parts });
  }
  if (question.zero === true) options.push({ key: '0', name: 'zero', language, parts: wordings.zeroItem.speak({}) });
  return { words: asked === null ? before : [...before, asked], options, entry: question.entry ?? null };
}

/** What happened, where something did, and the question by itself. */
function wordsOf(
  question: Question,
  { scene, wordings, values }: { readonly scene: Scene; readonly wordings: Wordings; readonly values: ValueOf },
): { readonly before: readonly Utterance[]; readonly asked: Utterance | null } {
  const { facts } = scene;
  const errors = Math.max(facts.silences, facts.wrongKeys);
  const wrong = question.options === undefined ? 'wrong-length' : 'unknown-key';
  const said: (Utterance | null)[] = [];
  if (facts.asks === 'silence') said.push(speak(wordings, { name: 'silence', variants: [] }, values));
  if (facts.asks === 'wrong-key') said.push(speak(wordings, { name: wrong, variants: [] }, values));
  if (facts.asks === 'blank' || facts.asks === 'wrong')
    said.push(variantOf(question.prompt, facts.asks, { wordings, values }));
  if (errors >= 2) said.push(variantOf(question.prompt, 'help', { wordings, values }));
  // A menu's variants name its options, so only other questions are worded by method.
  const method = facts.chosen === null || question.options !== undefined ? [] : [facts.chosen];
  const again = facts.asks === 'fresh' ? [] : ['again'];
  const asked = speak(wordings, { name: question.prompt, variants: [...again, ...method, 'ask', 'again'] }, values);
  return { before: said.filter((each) => each !== null), asked };
}

/** What a `say` block says. */
export function sayPrompt(prompt: string, scene: Scene, wordings: Wordings): Utterance | null {
  const method = scene.facts.chosen === null ? [] : [scene.facts.chosen];
  return speak(wordings, { name: prompt, variants: method }, promptValues(scene));
}

/** A text that is said before the question, where there is one. */
function variantOf(
  prompt: string,
  variant: string,
  { wordings, values }: { readonly wordings: Wordings; readonly values: ValueOf },
): Utterance | null {
  const isThere = wordings.prompts.has(`${prompt}.${variant}`);
  return isThere ? speak(wordings, { name: prompt, variants: [variant] }, values) : null;
}

/**
 * "Function, then key": the question and one sentence for each option, as one utterance; those in another language by
 * the voice of that language. A question that is recorded is played, and the sentences follow in the platform's voice:
 * they are put together from texts.
 */
function menuOf(
  asked: Utterance,
  question: Question,
  say: { readonly tongue: Tongue; readonly values: ValueOf },
): readonly Utterance[] {
  const { wordings } = say.tongue;
  const sentences = (question.options ?? []).map((option) => {
    const { wordings: own, parts } = optionWords(option, question, say);
    return { wordings: own, parts: own.menuItem.speak({ option: parts, key: keyName(option, own) }) };
  });
  if (question.zero === true) sentences.push({ wordings, parts: wordings.zeroItem.speak({}) });
  const said = asked.audio === undefined ? [{ wordings, parts: asked.parts }] : [];
  for (const sentence of sentences) {
    const last = said.at(-1);
    if (last?.wordings === sentence.wordings) last.parts = [...last.parts, SPACE, ...sentence.parts];
    else said.push(sentence);
  }
  const words = said.map((each) => spoken(each.wordings, question.prompt, each.parts));
  return asked.audio === undefined ? words : [asked, ...words];
}

/** The words of an option, in its language; where there are none, its name. */
function optionWords(
  option: Option,
  { prompt }: Question,
  { tongue, values }: { readonly tongue: Tongue; readonly values: ValueOf },
): { readonly wordings: Wordings; readonly parts: readonly SpeechPart[] } {
  const wordings = option.language === undefined ? tongue.wordings : tongue.wordingsIn(option.language);
  const named = wordings.prompts.get(`${prompt}.${option.name}`);
  return { wordings, parts: named?.speak(optionValues(option, values)) ?? [{ kind: 'text', text: option.name }] };
}

const SPACE: SpeechPart = { kind: 'text', text: ' ' };

function keyName(option: Option, wordings: Wordings): string {
  return option.key === 'star' || option.key === 'hash' ? wordings.keyNames[option.key] : option.key;
}

/** Those of the option stand over all others. */
function optionValues({ values: own }: Option, values: ValueOf): ValueOf {
  if (own === undefined) return values;
  return (name) => (Object.hasOwn(own, name) ? own[name] : values(name));
}

/** What prompts may name: what the call knows in lower case, and all variables. */
function promptValues(scene: Scene): ValueOf {
  let known: Readonly<Record<string, string | number>> | null = null;
  return (name) => {
    known ??= callValues(scene);
    if (Object.hasOwn(known, name)) return known[name];
    const variables = variablesOf(scene.facts);
    return Object.hasOwn(variables, name) ? variables[name] : undefined;
  };
}

function callValues({ facts, callflow }: Scene): Readonly<Record<CallValue, string | number>> {
  const { lasts } = callflow.settings.code;
  const chosen = facts.found.find((each) => each.method === facts.chosen);
  const masked = chosen === undefined ? NOBODY : maskedValues(chosen);
  return {
    digits: digitsOfCode(callflow.settings.code, facts.chosen),
    minutes: lasts === null ? '' : inMinutes(lasts),
    authenticator: callflow.settings.code['authenticator-name'],
    method: facts.chosen ?? '',
    left: facts.tallies['left'] ?? 0,
    sends: facts.tallies['sends'] ?? 0,
    known: masked.known,
    first: masked.first,
    domain: masked.domain,
    last2: masked.last2,
    destination: masked.destination,
  };
}

const NOBODY = { known: '', first: '', domain: '', last2: '', destination: '' } as const;
