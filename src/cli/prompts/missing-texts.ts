import { isSaid } from '../../core/call/call-messages.ts';
import { LOCK_MESSAGES } from '../../core/call/lock-messages.ts';
import { STANDARD_PROMPTS } from '../../core/call/prompts.ts';
import { methodOptions } from '../../core/callflow/check/missing-prompts.ts';
import { hasWords, promptUses, type PromptUse } from '../../core/callflow/check/prompt-uses.ts';
import { EMAIL_HTML, EMAIL_SUBJECT, lockMessagesOf, messagesOf } from '../../core/callflow/check/sent-messages.ts';
import { spokenPrompts } from '../../core/callflow/check/spoken-prompts.ts';
import { strayTexts } from '../../core/callflow/check/stray-texts.ts';
import { layersOf, usersOf } from '../../core/callflow/check/worded.ts';
import type { Callflow } from '../../core/callflow/callflow.ts';
import { PAGE_TEXTS, speaksPages } from '../../core/sign-in/page-texts.ts';
import { STANDARD } from '../../core/callflow/prompt-shelf.ts';
import type { Project } from '../../core/callflow/project.ts';
import { counterpart, textFiles, type FileText, type TextFile, type TextName } from './languages.ts';
import { keyOfUnit, type UnitName } from './unit.ts';

/** What there is to say about one language. */
export interface LanguageReport {
  readonly locale: string;
  /** Texts that callers need, or that the default language has and this one has not. */
  readonly missing: readonly UnitName[];
  /** Callflows without a prompt file in this language: their callers hear the default one. */
  readonly unspoken: readonly string[];
  /** Texts that nothing says. `prompt` is empty for a whole file without a callflow. */
  readonly unused: readonly UnitName[];
}

export function languageReport(project: Project, locale: string): LanguageReport {
  const files = textFiles(project, locale);
  const callflows = [...project.callflows.values()].map(({ callflow }) => callflow);
  const hasFile = (callflow: Callflow): boolean =>
    layersOf(callflow).some((layer) => layer !== STANDARD && files.has(layer));
  const spoken = callflows.filter((callflow) => locale === project.defaultLocale || hasFile(callflow));
  return {
    locale,
    missing: [null, ...spoken].flatMap((callflow) => missingIn(project, callflow, { locale, files })),
    unspoken: callflows.filter((callflow) => !spoken.includes(callflow)).map(({ name }) => name),
    // Ready for the day that the callflow names a number to call from.
    unused: unusedTexts(project, locale).filter(({ kind, prompt }) => kind !== 'message' || !isSaid(prompt)),
  };
}

interface Language {
  readonly locale: string;
  readonly files: ReadonlyMap<string, TextFile>;
}

/** Of the prompts of one callflow, or of the standard ones where `callflow` is null. */
function missingIn(project: Project, callflow: Callflow | null, { locale, files }: Language): readonly UnitName[] {
  const file = callflow?.name ?? STANDARD;
  const layers = callflow === null ? [STANDARD] : layersOf(callflow);
  const texts = layers.flatMap((layer) => files.get(layer)?.texts ?? []);
  const uses = callflow === null ? [] : promptUses(callflow, locale);
  const isWorded = (key: string): boolean => texts.some((text) => text.kind === 'prompt' && keyOf(text) === key);
  const isSilent = (need: TextName): boolean => {
    const places = uses.filter(({ prompt }) => prompt === keyOf(need));
    return places.length === 0 ? !isThere(texts, need, uses) : !places.every((use) => hasWords(use, isWorded));
  };
  const prompts = callflow === null ? STANDARD_PROMPTS : promptsIn(callflow, locale);
  const missing = [
    ...textsInDefault(project, file).filter((text) => !isThere(texts, text, uses)),
    ...prompts.map(asPrompt).filter(isSilent),
    ...messagesIn(callflow).filter((message) => counterpart(texts, message) === undefined),
  ].map((need) => unitName(file, need));
  return [...new Map(missing.map((unit) => [keyOfUnit(unit), unit])).values()];
}

/** What the default language says from this file. */
function textsInDefault(project: Project, file: string): readonly FileText[] {
  const unused = new Set(unusedTexts(project, project.defaultLocale).map(keyOfUnit));
  const texts = textFiles(project, project.defaultLocale).get(file)?.texts ?? [];
  return texts.filter((text) => !unused.has(keyOfUnit(unitName(file, text))));
}

/** An option needs a text of its own. Else one text is said in the place of every variant. */
function isThere(texts: readonly FileText[], need: TextName, uses: readonly PromptUse[]): boolean {
  if (counterpart(texts, need) !== undefined) return true;
  const isOption = uses.some(
    ({ prompt, options }) => prompt === need.name && options.some(({ name }) => name === need.variant),
  );
  if (need.kind !== 'prompt' || isOption) return false;
  const worded = texts.filter(({ kind, name }) => kind === 'prompt' && name === need.name);
  return need.variant === null ? worded.length > 0 : worded.some(({ variant }) => variant === null);
}

/** What a callflow names, by key; some prompts are said in one language only, whatever that of the call is. */
function promptsIn(callflow: Callflow, locale: string): readonly string[] {
  const pages = callflow.signIn === null || speaksPages(locale) ? [] : PAGE_TEXTS;
  const said = [...spokenPrompts(callflow), ...methodOptions(callflow)].flatMap(({ prompt, language }) =>
    (language ?? locale) === locale ? [prompt] : [],
  );
  return [...said, ...pages];
}

function messagesIn(callflow: Callflow | null): readonly TextName[] {
  return callflow === null ? [] : messagesOf(callflow).map((name) => ({ kind: 'message', name, variant: null }));
}

/** The texts of a language that nothing says or sends. */
function unusedTexts(project: Project, locale: string): readonly UnitName[] {
  return project.prompts.flatMap((file) => {
    const { source } = file;
    if (source.locale !== locale) return [];
    const users = usersOf(file, project).map(({ callflow }) => callflow);
    if (users.length === 0 && source.callflow !== STANDARD)
      return [{ callflow: source.callflow, kind: 'prompt', prompt: '', variant: null } as const];
    const said = new Set(users.flatMap((callflow) => promptUses(callflow, locale).map(({ prompt }) => prompt)));
    if (source.callflow === STANDARD) for (const prompt of STANDARD_PROMPTS) said.add(prompt);
    const sent = new Set<string>(users.flatMap((callflow) => [...messagesOf(callflow), ...lockMessagesOf(callflow)]));
    if (source.callflow === STANDARD) for (const message of LOCK_MESSAGES) sent.add(message);
    if (sent.has('email')) for (const name of [EMAIL_SUBJECT, EMAIL_HTML]) sent.add(name);
    const strays = new Set(strayTexts(file, project).map(({ text }) => text.key));
    const isUsed = (text: FileText): boolean =>
      text.kind === 'frame' || (text.kind === 'message' ? sent : said).has(text.name);
    const texts = textFiles({ prompts: [file] }, locale).get(source.callflow)?.texts ?? [];
    return texts
      .filter((text) => !isUsed(text) || (text.kind === 'prompt' && strays.has(keyOf(text))))
      .map((text) => unitName(source.callflow, text));
  });
}

function keyOf({ name, variant }: TextName): string {
  return variant === null ? name : `${name}.${variant}`;
}

function asPrompt(key: string): TextName {
  const [name = key, variant = null] = key.split('.');
  return { kind: 'prompt', name, variant };
}

function unitName(callflow: string, { kind, name, variant }: TextName): UnitName {
  return { callflow, kind, prompt: name, variant };
}
