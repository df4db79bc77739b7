import type { Incoming } from '../../../core/call/input.ts';

/** Longest entry that is looked at; a longer one is cut here and matches no grammar. */
const LONGEST_ENTRY = 65;
/** Characters of what is said; digits that anybody can say are fewer. */
const LONGEST_SPEECH = 500;

export type Parameters = Readonly<Record<string, string | readonly string[]>>;

/** A form body as parameters, without prototypes; a name that is given several times has a list. */
export function readForm(body: string): Parameters {
  const parameters: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(body)) {
    const before = parameters[name];
    if (before === undefined) parameters[name] = value;
    else if (typeof before === 'string') parameters[name] = [before, value];
    else before.push(value);
  }
  return parameters;
}

/**
 * A parameter given exactly once; twice counts as absent. Names and values are not kept apart by the signature, so only
 * values of a known format are taken.
 */
export function single(parameters: Parameters, name: string, format: RegExp): string | null {
  const value = parameters[name];
  return typeof value === 'string' && format.test(value) ? value : null;
}

/** A CallSid. Not only Twilio's: compatible platforms have other shapes. Web sign-ins are no calls of any platform. */
export const CALL_SID = /^(?!web-)[A-Za-z0-9_-]{1,64}$/;
export const WORD = /^[A-Za-z0-9-]{1,32}$/;
export const NUMBER_OR_URI = /^[\x20-\x7e]{1,256}$/;
/**
 * Stands in the place of a number that is withheld: a word, or the same word on the keys of a telephone (ANONYMOUS is
 * +266696687). https://help.twilio.com/articles/223179988
 */
const WITHHELD =
  /^(?:anonymous|restricted|blocked|private|unknown|unavailable|\+?(?:266696687|7378742833|2562533|7748283|8656696|86282452253)|(?:sips?:)?anonymous@.*)$/i;
const KEYS = /^[0-9*#]+$/;
const WORDS = /^\P{Cc}+$/u;
const CONFIDENCE = /^(?:0(?:\.\d{1,20})?|1(?:\.0{1,20})?)$/;

/** The number that calls; empty where it is withheld. */
export function callerOf(parameters: Parameters): string {
  const from = (single(parameters, 'From', NUMBER_OR_URI) ?? '').trim();
  return WITHHELD.test(from) ? '' : from;
}

/** What the caller did, by the parameters of a Gather's, Dial's or Enqueue's request and the no-input mark of our own Redirect. */
export function readIncoming(parameters: Parameters, silenceMark: boolean): Incoming {
  const dialled = single(parameters, 'DialCallStatus', WORD);
  if (dialled !== null) return { type: 'dialled', status: dialled };
  const queued = single(parameters, 'QueueResult', WORD);
  if (queued !== null) return { type: 'queued', result: queued };
  const digits = single(parameters, 'Digits', KEYS);
  if (digits !== null) {
    const ended = single(parameters, 'FinishedOnKey', KEYS) === '#';
    return { type: 'keys', digits: digits.slice(0, LONGEST_ENTRY), ...(ended ? { ended } : {}) };
  }
  const words = single(parameters, 'SpeechResult', WORDS);
  if (words !== null) {
    const confidence = Number(single(parameters, 'Confidence', CONFIDENCE) ?? 0);
    return { type: 'speech', text: words.slice(0, LONGEST_SPEECH), confidence };
  }
  return silenceMark ? { type: 'silence' } : { type: 'back' };
}
