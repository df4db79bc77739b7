import type { CodeToken, KeyGroup } from './keys.ts';
import { typeKeys } from './keys.ts';
import type { Listening, Presses } from './call-events.ts';

/** Looks up what a code token stands for at this moment of the call; `length` is what the question asks for, if known. */
export type Codes = (which: CodeToken, length: number | undefined) => Promise<string>;

const SILENCE: Presses = { keys: [] };

/**
 * A caller who types one group at each question and is silent after the last. A question is a document: further Gathers
 * of the same document get silence, and so does one that still receives keys of the group before.
 */
export function scriptedCaller(groups: readonly KeyGroup[], codes: Codes): (listening: Listening) => Promise<Presses> {
  let next = 0;
  let answered = 0;
  return async (listening) => {
    const group = groups[next];
    if (group === undefined || listening.typedAhead || listening.document === answered) return SILENCE;
    next += 1;
    answered = listening.document;
    let typed = '';
    for (const part of group.parts) {
      typed += part.kind === 'key' ? part.key : await codes(part.which, listening.gather.numDigits);
    }
    const words = group.words === undefined ? {} : { words: group.words };
    return { keys: typeKeys(typed, listening.promptsEnd), ...words, hangUp: group.hangUp };
  };
}
