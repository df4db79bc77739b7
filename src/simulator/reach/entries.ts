import type { Heard } from '../../core/blocks/verb.ts';
import type { Standing } from '../../core/call/standing.ts';
import { ACCOUNT } from '../start-of.ts';
import type { Happening } from './moment.ts';
import type { Watched } from './watched.ts';

const MENU_KEYS = '1234567890*#'.split('');
/** Longer than any entry may be. */
const DIGITS = '482913057648291305764829130576482';

/** Whatever the caller may do at a question: everything that the block tells apart, once. */
export function entriesAt(standing: Standing, watched: Watched): readonly Happening[] {
  const { silences, wrongKeys } = standing.frame.facts;
  const silence: Happening = { kind: 'silence' };
  // Who was silent comes to nothing else that another caller at the same question does not come to as well.
  if (silences > 0) return [silence];
  const found = new Map<string, Happening>();
  for (const { meaning, ...happening } of attempts(standing, watched)) {
    if (wrongKeys > 0 && !('wrong' in meaning)) continue;
    const key = JSON.stringify(
      'path' in meaning ? { ...meaning, variables: watchedIn(meaning, watched) } : Object.keys(meaning),
    );
    if (!found.has(key)) found.set(key, happening);
  }
  return [...found.values(), ...(wrongKeys > 0 ? [] : [silence])];
}

type Attempt = Happening & { readonly meaning: Heard };

function attempts(standing: Standing, watched: Watched): readonly Attempt[] {
  const { body, kind } = standing.block('listen');
  const scene = standing.scene();
  const { options, speech, keys: full = 1 } = kind.question(body, scene);
  if (options !== undefined)
    return MENU_KEYS.filter((key) => key !== '#' || kind.question(body, scene).hashIsAKey === true).map((keys) => {
      const named = keys === '*' ? 'star' : keys === '#' ? 'hash' : keys;
      const option = options.find(({ key }) => key === named)?.name;
      const meaning = kind.hear(body, keys, scene);
      return {
        kind: 'presses',
        keys,
        ...(option === undefined ? {} : { option }),
        meaning,
      };
    });
  const asked = watched.asked(kind.saves?.(body) ?? '').filter((value) => /^\d+$/.test(value));
  const entries = [ACCOUNT, ...asked, DIGITS.slice(0, full), DIGITS.slice(0, 1), DIGITS];
  const spoken = speech === undefined ? [] : [...entries.map((each) => each.split('').join(' ')), 'something else'];
  const said = spoken.map((words): Attempt => {
    const { locale } = standing.wordings;
    const meaning = kind.hearSpeech?.(body, { text: words, confidence: 1, locale }, scene) ?? { wrong: true };
    return { kind: 'says', words, meaning };
  });
  if (speech === 'only') return said;
  const keyed = [...entries, '*'].map((keys): Attempt => {
    const meaning = kind.hear(body, keys, scene);
    return 'partial' in meaning
      ? { kind: 'presses', keys, short: true, meaning: { wrong: true } }
      : { kind: 'presses', keys, meaning };
  });
  return [...keyed, ...said];
}

function watchedIn(meaning: Heard, watched: Watched): object {
  const variables = 'variables' in meaning ? meaning.variables : {};
  return Object.fromEntries(
    Object.entries(variables ?? {}).filter(([name, value]) => watched.asked(name).includes(value)),
  );
}
