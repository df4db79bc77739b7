import { METHODS } from '../../method.ts';
import { similar } from '../similar.ts';
import { STANDARD } from '../prompt-shelf.ts';
import { type CallflowFile, type Project, type PromptFile } from '../project.ts';
import { knownValues } from './known-values.ts';
import { hasWords, promptUses, variantsHeard, type PromptUse } from './prompt-uses.ts';
import { promptsOf, usersOf, wordedIn, type Worded } from './worded.ts';

/** A text of a prompt that is never spoken, although the prompt is. */
export interface StrayText {
  readonly text: Worded;
  readonly prompt: string;
  readonly variant: string;
  /** The variants that may be heard. */
  readonly heard: readonly string[];
  /** The one of them that was probably meant. */
  readonly meant: string | undefined;
  /** A block that would speak it if a method were chosen before. */
  readonly tooEarly: string | undefined;
  /** `error` where the caller misses it: it was meant for a text that is missing, or nothing else is there to be said. */
  readonly severity: 'error' | 'warning';
}

/** The stray texts of a callflow in a language, its own and the standard ones. */
export function strayTextsFor(callflow: CallflowFile, locale: string, project: Project): readonly StrayText[] {
  return promptsOf(callflow, locale, project).flatMap((file) => strayTexts(file, project));
}

export function strayTexts(file: PromptFile, project: Project): readonly StrayText[] {
  // A callflow that could not be read may speak any of the standard ones.
  if (file.source.callflow === STANDARD && !project.complete) return [];
  const places = usersOf(file, project).flatMap((user) => placesIn(user, file.source.locale));
  const byPrompt = new Map<string, Worded[]>();
  for (const text of wordedIn(file)) {
    const [prompt = ''] = text.key.split('.');
    if (text.kind === 'prompt') byPrompt.set(prompt, [...(byPrompt.get(prompt) ?? []), text]);
  }
  return [...byPrompt].flatMap(([prompt, texts]) => {
    const here = places.filter(({ use }) => use.prompt === prompt);
    // A target that does not exist has left its text behind: of that its own finding speaks.
    return here.length === 0 || here.some(({ astray }) => astray)
      ? []
      : straysOf(texts, here, (key) => file.wordings.prompts.has(key));
  });
}

/** A place where a prompt is spoken, and the variants that may be heard there. */
interface SpokenPlace {
  readonly use: PromptUse;
  readonly heard: readonly string[];
  /** A menu one of whose keys leads nowhere. */
  readonly astray: boolean;
}

function placesIn(file: CallflowFile, locale: string): readonly SpokenPlace[] {
  const known = knownValues(file);
  // With a path that leads nowhere, it cannot be told what comes before what.
  const sound = file.graph.edges.every(({ to }) => file.graph.nodes.has(to));
  return promptUses(file.callflow, locale).map((use) => {
    const all = variantsHeard(use);
    const early = sound && use.as !== 'menu' && use.node !== null && !known(use.node).has('method');
    const isMenu = use.node !== null && file.callflow.blocks.get(use.node)?.verb === 'menu';
    const astray = isMenu && use.options.some(({ name }) => !file.graph.nodes.has(name));
    return { use, heard: early ? all.filter((variant) => !isMethod(variant)) : all, astray };
  });
}

function straysOf(
  texts: readonly Worded[],
  places: readonly SpokenPlace[],
  isWorded: (key: string) => boolean,
): readonly StrayText[] {
  const heard = [...new Set(places.flatMap((place) => place.heard))];
  const strays = texts.flatMap((text) => {
    const [prompt = '', variant] = text.key.split('.');
    return variant === undefined || heard.includes(variant) ? [] : [{ text, prompt, variant }];
  });
  const isSilent = places.some(({ use, heard: here }) => !hasWords(use, (key) => isWorded(key) && mayHear(key, here)));
  const missing = heard.filter((variant) => !isWorded(`${places[0]?.use.prompt ?? ''}.${variant}`));
  const options = places.flatMap(({ use }) => use.options.map(({ name }) => name));
  const unworded = missing.filter((variant) => options.includes(variant) && !isMethod(variant));
  return strays.map((stray) => {
    const { variant } = stray;
    const tooEarly = places.find(({ use }) => use.as !== 'menu' && variantsHeard(use).includes(variant))?.use.node;
    // One text too many and one too few: an option that was renamed.
    const renamed = strays.length === 1 && unworded.length === 1 ? unworded[0] : undefined;
    const meant = tooEarly ? undefined : (similar(variant, missing) ?? renamed ?? similar(variant, heard));
    const isMissed = isSilent || (meant !== undefined && missing.includes(meant));
    return { ...stray, heard, meant, tooEarly: tooEarly ?? undefined, severity: isMissed ? 'error' : 'warning' };
  });
}

function mayHear(key: string, heard: readonly string[]): boolean {
  const [, variant] = key.split('.');
  return variant === undefined || heard.includes(variant);
}

function isMethod(variant: string): boolean {
  return METHODS.some((method) => method === variant);
}
