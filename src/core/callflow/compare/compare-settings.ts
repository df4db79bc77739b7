import type { Settings } from '../../settings.ts';
import { VERBS } from '../../blocks/index.ts';
import { lasting, listed, methodInWords, sentenceOf } from '../in-words.ts';
import { looserIfLess, looserIfMore, type Change } from './change.ts';
import { changed, leavesOf } from './leaves.ts';
import type { Side, Sides } from './sides.ts';

/** What a setting's change means: the sentence, and whether it loosens. */
type Meaning = Pick<Change, 'about' | 'text' | 'security'>;

/** The settings that concern the whole callflow; limits are compared by `compareLimits`. */
export function compareSettings(sides: Sides): readonly Change[] {
  const [was, is] = [sides.before.callflow.settings, sides.after.callflow.settings];
  const changes = [...methods(was, is, sides), ...code(was, is), ...times(was, is, sides), ...messages(was, is)];
  return [...changes, ...others(was, is)].map((each) => ({ name: '', ...each }));
}

function methods(was: Settings, is: Settings, { after }: Sides): readonly Meaning[] {
  const about = 'methods';
  const added = is.methods.filter((method) => !was.methods.includes(method));
  const removed = was.methods.filter((method) => !is.methods.includes(method));
  const kept = (settings: Settings): string =>
    settings.methods.filter((method) => !added.includes(method) && !removed.includes(method)).join();
  // Which key that means is told where callers choose.
  const choosing = [...after.callflow.blocks.values()].some(({ verb }) => verb === 'choose-method');
  return [
    ...added.map((method): Meaning => ({
      about,
      text: `Callers can get ${methodInWords(method)}, too.`,
      security: 'looser',
    })),
    ...removed.map((method): Meaning => ({
      about,
      text: `Callers can no longer get ${methodInWords(method)}.`,
      security: 'tighter',
    })),
    ...(kept(was) === kept(is) || choosing
      ? []
      : [{ about, text: `The order of the methods is now ${listed(is.methods)}.`, security: null } as const]),
  ];
}

function code(was: Settings, is: Settings): readonly Meaning[] {
  const found: Meaning[] = [];
  const [before, after] = [was.code, is.code];
  if (before.digits !== after.digits)
    found.push({
      about: 'code',
      text: `Codes have ${after.digits} digits instead of ${before.digits}.`,
      security: looserIfLess(before.digits, after.digits),
    });
  if (before.lasts !== after.lasts)
    found.push({
      about: 'code',
      text: `A code works for ${lastingOf(after.lasts)} instead of ${lastingOf(before.lasts)}.`,
      security: looserIfMore(before.lasts ?? Infinity, after.lasts ?? Infinity),
    });
  if (before['after-wrong-code'] !== after['after-wrong-code'])
    found.push(
      after['after-wrong-code'] === 'ask-again'
        ? {
            about: 'code',
            text: 'After a wrong code the same code may be tried again; a new one was sent.',
            security: 'looser',
          }
        : {
            about: 'code',
            text: 'After a wrong code a new one is sent; the same code could be tried again.',
            security: 'tighter',
          },
    );
  if (was.skip !== is.skip)
    found.push(
      is.skip === 'never'
        ? { about: 'code', text: 'Callers who are verified already have to prove it again.', security: 'tighter' }
        : { about: 'code', text: 'Callers who are verified already are let through at once.', security: 'looser' },
    );
  return found;
}

function times(was: Settings, is: Settings, { before, after }: Sides): readonly Meaning[] {
  const found: Meaning[] = [];
  if (was.spacing !== is.spacing)
    found.push({
      about: 'time',
      text: `Another code can be sent after ${lasting(is.spacing)} instead of ${lasting(was.spacing)}.`,
      security: looserIfLess(was.spacing, is.spacing),
    });
  if (was.wait !== is.wait && [before, after].every(leavesTheWait))
    found.push({
      about: 'time',
      text: `Questions wait ${lasting(is.wait)} for the first key instead of ${lasting(was.wait)}.`,
      security: null,
    });
  return found;
}

/** Whether callers come to a question that waits as long as the settings say. */
function leavesTheWait({ callflow, reached }: Side): boolean {
  return [...callflow.blocks.values()].some(({ name, verb, body }) => {
    const listens = VERBS.get(verb)?.kind.does === 'listen';
    return listens && reached.has(name) && (body as { readonly wait?: number }).wait === undefined;
  });
}

function messages(was: Settings, is: Settings): readonly Meaning[] {
  const [before, after] = [was.messages, is.messages];
  return [
    ...message('Emails come from', before.email?.from, after.email?.from),
    ...message('Emails have the subject', before.email?.subject, after.email?.subject),
    ...message('Text messages come from', before.sms?.from, after.sms?.from),
    ...message('Calls that tell codes come from', before.voice?.from, after.voice?.from),
  ];
}

function message(what: string, was: string | undefined, is: string | undefined): readonly Meaning[] {
  if (was === is) return [];
  const text = `${what} ${quoted(is)} instead of ${quoted(was)}.`;
  return [{ about: 'message', text, security: null }];
}

/** How long a code works, in words. */
function lastingOf(lasts: number | null): string {
  return lasts === null ? 'as long as its own system says' : lasting(lasts);
}

function quoted(value: string | undefined): string {
  return value === undefined ? 'nobody' : `"${value}"`;
}

/** The settings that are told above, or where they matter. */
const TOLD: readonly string[] = [
  'methods',
  'otp-nodes',
  'no-method',
  'skip',
  'code.digits',
  'code.lasts',
  'code.after-wrong-code',
  'limits',
  'spacing',
  'wait',
  'zero-is',
  'messages.email',
  'messages.sms',
  'messages.voice',
];

/** Every other setting, by its name. */
function others(was: Settings, is: Settings): readonly Meaning[] {
  const [before, after] = [leavesOf(was), leavesOf(is)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => !TOLD.some((told) => name === told || name.startsWith(`${told}.`)))
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({
      about: 'setting',
      text: sentenceOf(changed(`the setting ${name}`, before.get(name), after.get(name))),
      security: null,
    }));
}
