import { VERBS } from '../../blocks/index.ts';
import { hasPrompt, type Wordings } from '../../call/prompts.ts';
import { offeredMethods } from '../../settings.ts';
import type { Callflow } from '../callflow.ts';
import type { CallflowFile } from '../project.ts';
import { suggestion } from '../similar.ts';
import { PAGE_TEXTS, speaksPages } from '../../sign-in/page-texts.ts';
import { isMisnamed } from './ownerless-prompts.ts';
import { listed } from './listed.ts';
import { hasButton, hasWords, promptUses } from './prompt-uses.ts';
import type { Found, Rule } from './rule.ts';
import { CARRIERS } from './sent-messages.ts';
import { spokenPrompts, type SpokenPrompt } from './spoken-prompts.ts';
import { strayTextsFor, type StrayText } from './stray-texts.ts';

/** Every prompt that a callflow names is worded in every language that it speaks. */
export const missingPrompts: Rule = {
  code: 'CF302',
  severity: 'error',
  stage: 'names',
  of: 'callflow',
  *check(file, project) {
    for (const wordings of file.wordings.values()) {
      if (isMisnamed(file, wordings.locale, project)) continue;
      // A text under a mistyped name is reported where it stands.
      const strays = strayTextsFor(file, wordings.locale, project);
      yield* missing(file, wordings, strays);
      yield* wordless(file, wordings, strays);
      yield* methodsLeftOut(file, wordings, strays);
      yield* pageWithoutWords(file, wordings);
    }
  },
};

function* missing(file: CallflowFile, wordings: Wordings, strays: readonly StrayText[]): Iterable<Found> {
  const { callflow, graph, yaml } = file;
  const names = [...wordings.prompts.keys()];
  // What a target is called that does not exist is not worth a finding of its own.
  const spoken = spokenPrompts(callflow).filter(({ prompt }) => {
    const target = prompt.split('.')[1];
    return target === undefined || graph.nodes.has(target);
  });
  for (const { prompt, path, language } of [...spoken, ...methodOptions(callflow), ...buttons(callflow)]) {
    if (hasPrompt(wordings, prompt) || (language !== null && language !== wordings.locale)) continue;
    const [base = prompt, variant] = prompt.split('.');
    // The options of a menu without any wording are not worth a finding each.
    if (variant !== undefined && !hasPrompt(wordings, base)) continue;
    if (strays.some((stray) => stray.prompt === base && stray.meant === variant)) continue;
    const rivals =
      variant === undefined
        ? names.map((key) => key.split('.')[0] ?? key)
        : names.filter((key) => key.startsWith(`${base}.`)).map((key) => key.slice(base.length + 1));
    const under = variant === undefined ? 'prompts' : base;
    const text = `"${variant ?? prompt}:" under \`${under}:\` in prompts/${wordings.locale}/${callflow.name}.yaml`;
    const own = itsLanguage(prompt, file, wordings);
    yield {
      at: yaml.place(path),
      message: `The prompt "${prompt}" has no wording in ${wordings.locale}.${suggestion(variant ?? prompt, rivals)}`,
      fix: own === null ? `Add ${text}.` : `Write \`in: ${own}\` in the menu, or add ${text}.`,
    };
  }
}

/** For an option that leads to another language and has a text in that one: it may be meant to be said in it. */
function itsLanguage(prompt: string, { callflow, wordings }: CallflowFile, { locale }: Wordings): string | null {
  const [, target = ''] = prompt.split('.');
  const block = callflow.blocks.get(target);
  const kind = block === undefined ? undefined : VERBS.get(block.verb)?.kind;
  const other = block === undefined || kind?.does !== 'set' ? undefined : kind.variables(block.body)['locale'];
  const words = other === undefined || other === locale ? undefined : wordings.get(other);
  return words !== undefined && hasPrompt(words, prompt) ? `{ ${target}: ${other} }` : null;
}

/** Where there are several methods, each is an option that a caller may hear. */
export function methodOptions(callflow: Callflow): readonly Omit<SpokenPrompt, 'block'>[] {
  const methods = offeredMethods(callflow.settings);
  if (methods.length < 2) return [];
  return [...callflow.blocks.values()].flatMap(({ name, verb, body }) =>
    verb === 'choose-method'
      ? (VERBS.get(verb)?.prompts?.(body) ?? []).flatMap((prompt) =>
          CARRIERS.filter((method) => methods.includes(method)).map((method) => ({
            prompt: `${prompt}.${method}`,
            path: ['blocks', name, verb],
            language: null,
          })),
        )
      : [],
  );
}

/** On a page, the button beside a field has a name. */
function buttons(callflow: Callflow): readonly Omit<SpokenPrompt, 'block'>[] {
  return [...callflow.blocks.values()].flatMap((block) =>
    hasButton(block, callflow)
      ? (VERBS.get(block.verb)?.prompts?.(block.body) ?? []).map((prompt) => ({
          prompt: `${prompt}.star`,
          path: ['blocks', block.name, 'star'],
          language: null,
        }))
      : [],
  );
}

/**
 * Texts for several methods, and none for another: whoever chose that one hears a text for later, or nothing. A warning,
 * because the block may be one that such a caller never comes to.
 */
function* methodsLeftOut(
  { callflow, yaml }: CallflowFile,
  wordings: Wordings,
  strays: readonly StrayText[],
): Iterable<Found> {
  const offered = offeredMethods(callflow.settings);
  const uses = promptUses(callflow, wordings.locale).filter(({ as }) => as === 'say' || as === 'question');
  const nodes = new Map(uses.flatMap(({ prompt, node }) => (node === null ? [] : [[prompt, node] as const])));
  for (const [prompt, node] of nodes) {
    const without = offered.filter((method) => !wordings.prompts.has(`${prompt}.${method}`));
    const forAll = wordings.prompts.has(prompt) || wordings.prompts.has(`${prompt}.ask`);
    if (forAll || offered.length - without.length < 2) continue;
    for (const method of without) {
      if (strays.some((stray) => stray.prompt === prompt && stray.meant === method)) continue;
      yield {
        at: yaml.placeOfKey([callflow.blocks.has(node) ? 'blocks' : 'exits', node]),
        severity: 'warning',
        message: `The prompt "${prompt}" is worded by method, and not for ${method} in ${wordings.locale}.`,
        fix: `Add "${method}:" under \`${prompt}:\` in prompts/${wordings.locale}/${callflow.name}.yaml.`,
      };
    }
  }
}

/** Prompts that have texts, but none that the place may choose: the caller would hear nothing. */
function* wordless(
  { callflow, yaml }: CallflowFile,
  wordings: Wordings,
  strays: readonly StrayText[],
): Iterable<Found> {
  for (const use of promptUses(callflow, wordings.locale)) {
    const { prompt, node, as } = use;
    if (node === null || !hasPrompt(wordings, prompt) || hasWords(use, (key) => wordings.prompts.has(key))) continue;
    if (strays.some((stray) => stray.prompt === prompt && stray.severity === 'error')) continue;
    const asks = as === 'menu' || as === 'question';
    yield {
      at: yaml.placeOfKey([callflow.blocks.has(node) ? 'blocks' : 'exits', node]),
      message: `"${node}" has nothing to ${asks ? 'ask' : 'say'} in ${wordings.locale}: the prompt "${prompt}" has no ${asks ? '`ask`' : 'text of its own'}.`,
      fix: asks
        ? `Add "ask:" under \`${prompt}:\` in prompts/${wordings.locale}/${callflow.name}.yaml.`
        : 'Let it say a prompt that is one text, as in greeting: "Hello."',
    };
  }
}

/** Pages have words of their own, which we have in two languages: in another one they would be English. */
function* pageWithoutWords({ callflow, yaml }: CallflowFile, { locale, prompts }: Wordings): Iterable<Found> {
  if (callflow.signIn === null || speaksPages(locale)) return;
  const without = PAGE_TEXTS.filter((name) => name !== 'page-brand' && !prompts.has(name));
  if (without.length === 0) return;
  yield {
    at: yaml.placeOfKey(['sign-in']),
    severity: 'warning',
    message: `Pages in ${locale} have English words: ${listed(without)}.`,
    fix: `Write them under \`prompts:\` in prompts/${locale}/${callflow.name}.yaml.`,
  };
}
