import { VERBS } from '../../blocks/index.ts';
import type { Wordings } from '../../call/prompts.ts';
import { sayQuestion } from '../../call/question.ts';
import type { ContactMethod, Facts } from '../../call/session.ts';
import { speechMs } from '../../call/speech-time.ts';
import type { Block } from '../callflow.ts';
import { NO_FACTS } from '../facts.ts';
import type { CallflowFile } from '../project.ts';

/** A listening block in one of the languages of its callflow, and how often its caller has said nothing. */
export interface Asking {
  readonly block: Block;
  readonly wordings: Wordings;
  readonly silences: number;
}

/** Destinations of common length. */
const EXAMPLES: Readonly<Record<string, string>> = { email: 'a@example.com', sms: '+12025550156' };

/**
 * What it takes to ask: estimated milliseconds of speech, with all that may be offered and in the longest wording of
 * any method, and milliseconds of waiting. Variables, whose length nobody knows, take no time. Null for a block that
 * does not listen.
 */
export function asking(
  { callflow, wordings: languages }: CallflowFile,
  { block, wordings, silences }: Asking,
): { readonly speech: number; readonly wait: number; readonly choices: number } | null {
  const kind = VERBS.get(block.verb)?.kind;
  if (kind?.does !== 'listen') return null;
  const { methods } = callflow.settings;
  const found = methods.map((method): ContactMethod => ({ method, destination: EXAMPLES[method] ?? '' }));
  const sceneOf = (chosen: string | null) => {
    const facts: Facts = { ...NO_FACTS, found, chosen, silences, asks: silences === 0 ? 'fresh' : 'silence' };
    return { name: block.name, callflow, facts, test: false, locale: wordings.locale };
  };
  const tongue = { wordings, wordingsIn: (locale: string) => languages.get(locale) ?? wordings };
  const times = [null, ...methods].map((chosen) => {
    const scene = sceneOf(chosen);
    const spoken = sayQuestion(kind.question(block.body, scene), scene, tongue);
    return spoken.reduce((sum, { parts }) => sum + speechMs(parts), 0);
  });
  const { wait, options = [] } = kind.question(block.body, sceneOf(null));
  return { speech: Math.max(...times), wait, choices: options.length };
}
