import { STANDARD_PROMPTS } from '../../call/prompts.ts';
import { VERBS } from '../../blocks/index.ts';
import { grouped } from '../grouped.ts';
import type { Change } from './change.ts';
import type { Project } from '../project.ts';
import { STANDARD } from '../prompt-shelf.ts';
import { blockPairs, type Sides } from './sides.ts';
import { localesOf, textsOf, type Texts } from './texts.ts';

/** What callers hear in other words, and in other languages. */
export function compareWords(sides: Sides): readonly Change[] {
  const { before, after, defaultLocale } = sides;
  const { name } = after.callflow;
  const was = new Set([defaultLocale, ...localesOf(before.project, name)]);
  const is = new Set([defaultLocale, ...localesOf(after.project, name)]);
  const about = (locale: string, text: string): Change => ({ about: 'words', name: locale, text, security: null });
  return [
    ...[...is].filter((each) => !was.has(each)).map((each) => about(each, `Callers can hear ${each}.`)),
    ...[...was]
      .filter((each) => !is.has(each))
      .map((each) => about(each, `Callers no longer hear ${each}, but ${defaultLocale}.`)),
    ...[...is].filter((each) => was.has(each)).flatMap((locale) => inLocale(locale, sides)),
  ];
}

function inLocale(locale: string, sides: Sides): readonly Change[] {
  const { before, after } = sides;
  const { name } = after.callflow;
  const [was, is] = [textsOf(before.project, name, locale), textsOf(after.project, name, locale)];
  const spoken = promptPairs(sides)
    // Standard wording that the callflow leaves as it is, is compared once for all callflows.
    .filter((pair) => was.isOwn(pair.before) || is.isOwn(pair.after))
    .flatMap((pair) => prompt(pair, { was, is, locale }, sides));
  return [...spoken, ...messages({ was, is, locale }), ...manner({ was, is, locale })];
}

interface PromptPair {
  readonly before: string;
  readonly after: string;
  /** A menu's variants name what its keys lead to; only these are heard. */
  readonly options: readonly string[] | null;
}

/** The prompts that are heard at the same place in both versions. */
function promptPairs(sides: Sides): readonly PromptPair[] {
  const ofBlocks = blockPairs(sides).flatMap(({ before, after }): PromptPair[] => {
    const [was] = VERBS.get(before.verb)?.prompts?.(before.body) ?? [];
    const [is] = VERBS.get(after.verb)?.prompts?.(after.body) ?? [];
    if (was === undefined || is === undefined) return [];
    const options = after.verb === 'menu' ? Object.values((after.body as Menu).keys) : null;
    return [{ before: was, after: is, options }];
  });
  const ofExits = Object.entries(sides.before.callflow.exits).flatMap(([name, exit]): PromptPair[] => {
    const says = sides.after.callflow.exits[sides.now(name)]?.say;
    const heard = sides.before.reached.has(name) && sides.after.reached.has(sides.now(name));
    return heard && exit.say !== undefined && says !== undefined
      ? [{ before: exit.say, after: says, options: null }]
      : [];
  });
  const standard = STANDARD_PROMPTS.map((name): PromptPair => ({ before: name, after: name, options: null }));
  const all = [...ofBlocks, ...ofExits, ...standard];
  return [...grouped(all, ({ before, after }) => `${before} ${after}`).values()].map(together);
}

type Menu = { readonly keys: Readonly<Record<string, string>> };

function together(pairs: readonly PromptPair[]): PromptPair {
  const [first] = pairs as readonly [PromptPair];
  return { ...first, options: first.options === null ? null : pairs.flatMap(({ options }) => options ?? []) };
}

interface Wording {
  readonly was: Texts;
  readonly is: Texts;
  readonly locale: string;
}

function prompt(pair: PromptPair, { was, is, locale }: Wording, { now }: Sides): readonly Change[] {
  const before = new Map(
    [...was.prompt(pair.before)].map(([variant, text]) => [pair.options === null ? variant : now(variant), text]),
  );
  const after = is.prompt(pair.after);
  const { options } = pair;
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter(
      (variant) => options === null || HEARD.includes(variant) || (options.includes(variant) && before.has(variant)),
    )
    .flatMap((variant) =>
      worded(variant === '' ? pair.after : `${pair.after}.${variant}`, locale, {
        before: before.get(variant),
        after: after.get(variant),
      }),
    );
}

/** Variants of menus that are no options. */
const HEARD: readonly string[] = ['', 'ask', 'again', 'help'];

const MESSAGES: Readonly<Record<string, string>> = {
  'email-subject': 'the subject of emails',
  'email-html': 'the HTML of emails',
  'locked-email': 'the email about a lock',
  'locked-email-subject': 'the subject of emails about a lock',
  'locked-sms': 'the text message about a lock',
};

function messages({ was, is, locale }: Wording): readonly Change[] {
  return [...new Set([...was.messages.keys(), ...is.messages.keys()])].flatMap((method) =>
    worded(MESSAGES[method] ?? `the ${method} message`, locale, {
      before: was.messages.get(method),
      after: is.messages.get(method),
    }),
  );
}

/** Voice, and how menus are put together, where the callflow has its own. */
function manner({ was, is, locale }: Wording): readonly Change[] {
  return (['voice', 'menu-item', 'zero-item'] as const).flatMap((key) =>
    worded(key, locale, { before: was.setting(key), after: is.setting(key) }),
  );
}

function worded(
  name: string,
  locale: string,
  { before, after }: { readonly before: string | undefined; readonly after: string | undefined },
): readonly Change[] {
  if (before === after) return [];
  const how = before === undefined ? ' is new:' : after === undefined ? ' is gone:' : ':';
  return [
    {
      about: 'words',
      name,
      text: `${name} (${locale})${how}`,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      security: null,
    },
  ];
}

/** The standard prompts and messages, which all callflows share. */
export function compareStandard(before: Project, after: Project): readonly Change[] {
  const locales = new Set([...localesOf(before, STANDARD), ...localesOf(after, STANDARD)]);
  return [...locales].flatMap((locale) => {
    const [was, is] = [textsOf(before, STANDARD, locale), textsOf(after, STANDARD, locale)];
    const names = STANDARD_PROMPTS.flatMap((name) =>
      worded(name, locale, { before: was.prompt(name).get(''), after: is.prompt(name).get('') }),
    );
    return [...names, ...messages({ was, is, locale }), ...manner({ was, is, locale })];
  });
}
