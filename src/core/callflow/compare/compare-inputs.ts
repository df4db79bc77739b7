import type { Callflow } from '../callflow.ts';
import type { Change } from './change.ts';
import type { Sides } from './sides.ts';

/** Where calls begin, what is handed in, and whose failures are counted. */
export function compareInputs({ before, after, now }: Sides): readonly Change[] {
  const [was, is] = [before.callflow, after.callflow];
  const found: Change[] = [];
  if (now(was.start) !== is.start)
    found.push({
      about: 'start',
      name: is.start,
      text: `Calls begin at ${is.start} instead of ${now(was.start)}.`,
      security: null,
    });
  for (const name of is.inputs)
    if (!was.inputs.includes(name))
      found.push({
        about: 'inputs',
        name,
        text: `${name} can be handed in by a linking callflow or the start request.`,
        security: decides(name, is) ? 'looser' : null,
      });
  for (const name of was.inputs)
    if (!is.inputs.includes(name))
      found.push({
        about: 'inputs',
        name,
        text: `${name} is not taken from a linking callflow or the start request any more.`,
        security: decides(name, was) ? 'tighter' : null,
      });
  return [...found, ...account(was.account, is.account), ...languages(was.localeByNumber, is.localeByNumber)];
}

/** Whose code it is, or where it goes. */
function decides(variable: string, { account, settings }: Callflow): boolean {
  return [account, settings['customer-email-variable'], settings['customer-phone-variable']].includes(variable);
}

function account(was: string | null, is: string | null): readonly Change[] {
  if (was === is) return [];
  const text =
    is === null
      ? `No account is named any more whose failures are counted; it was ${was}.`
      : `Failures are counted for ${is}${was === null ? '' : ` instead of ${was}`}.`;
  return [{ about: 'account', name: is ?? '', text, security: was === null ? 'tighter' : 'looser' }];
}

/** The language that calls begin in, by the number that was dialled. */
function languages(
  was: Readonly<Record<string, string | undefined>>,
  is: Readonly<Record<string, string | undefined>>,
): readonly Change[] {
  const numbers = [...new Set([...Object.keys(was), ...Object.keys(is)])].filter(
    (number) => was[number] !== is[number],
  );
  return numbers.map((name) => {
    const language = (locale: string | undefined): string => locale ?? 'the default language';
    const text = `Calls to ${name} begin in ${language(is[name])} instead of ${language(was[name])}.`;
    return { about: 'start', name, text, security: null };
  });
}
