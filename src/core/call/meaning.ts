import type { Heard } from '../blocks/verb.ts';
import type { FlowEvent } from '../callflow/compile.ts';
import { nbestVariables, type Incoming } from './input.ts';
import type { Standing } from './standing.ts';

/** What reaches a block that listens. */
export type Heeded = Extract<Incoming, { type: 'keys' | 'speech' | 'silence' }>;

export interface Meaning {
  readonly event: FlowEvent;
  /** The entry ended by its number of keys: a trailing `#` may fall into the next document. */
  readonly full: boolean;
}

/** What the keys, the words or the silence mean to the block that listens. */
export function meaningOf(incoming: Heeded, here: Standing): Meaning {
  const { facts } = here.frame;
  const { body, kind } = here.block('listen');
  if (incoming.type === 'speech') {
    const { text, confidence } = incoming;
    const speech = { text, confidence, locale: here.wordings.locale };
    return { event: eventOf(kind.hearSpeech?.(body, speech, here.scene()) ?? { wrong: true }), full: false };
  }
  if (incoming.type === 'keys') {
    const scene = here.scene();
    const { keys } = kind.question(body, scene);
    const full = keys !== undefined && incoming.digits.length >= keys;
    const heard = kind.hear(body, incoming.digits, scene);
    // Who presses hash means to be done: there is no rest to listen for.
    if ('partial' in heard && incoming.ended === true)
      return { event: tooShort(heard.partial, kind.saves?.(body)), full };
    return { event: eventOf(heard), full };
  }
  const event = facts.partial === '' ? { type: 'silence' } : tooShort(facts.partial, kind.saves?.(body));
  return { event, full: false };
}

/** A wrong length is one wrong key; the list is set all the same (D10). */
function tooShort(value: string, saved: string | undefined): FlowEvent {
  if (saved === undefined) return { type: 'wrong-key' };
  return { type: 'wrong-key', variables: nbestVariables(saved, [{ value, confidence: 1, mode: 'dtmf' }]) };
}

function eventOf(heard: Heard): FlowEvent {
  if ('again' in heard) return { type: 'again' };
  if ('partial' in heard) return { type: 'partial', partial: heard.partial };
  const variables = heard.variables === undefined ? {} : { variables: heard.variables };
  if ('wrong' in heard) return { type: 'wrong-key', ...variables };
  return { type: heard.path, ...variables, ...(heard.chosen === undefined ? {} : { chosen: heard.chosen }) };
}
