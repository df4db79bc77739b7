import type { Gather, Spoken, Verb } from '../../../src/core/call/verbs.ts';
import type { DialOutcome } from '../../../src/telephone/call-events.ts';

/** What the caller does, by the clock of the call. */
export interface Doing {
  /** `1@500 #@900`: each key and its millisecond, whatever is listening then. */
  readonly keys?: string;
  /** Said at each question that listens, after its prompts. */
  readonly words?: string;
  /** After the last key, or at the end of the prompts. */
  readonly hangsUp?: true;
  /** How a Dial or a queue ends. */
  readonly dialOutcome?: DialOutcome;
}

export interface GatherCase {
  readonly title: string;
  /** In the order in which the platform asks for them, as verbs or as TwiML; after the last one it is told to hang up. */
  readonly documents: readonly (readonly Verb[] | string)[];
  readonly does: Doing;
  /**
   * All that comes out, each after its millisecond: prompts as far as they are heard (`|`: a key cut them short), keys
   * that a Gather takes, requests with what they carry, and who hangs up.
   */
  readonly comesOut: readonly string[];
}

/** A sentence of the platforms' documentation, and what follows from it. */
export interface GatherFact {
  readonly fact: string;
  readonly cases: readonly GatherCase[];
}

export const URL = 'https://voice.example.com';
export const keys = (rest: Partial<Gather> = {}): Gather => ({
  verb: 'gather',
  action: `${URL}/keys`,
  timeout: 5,
  finishOnKey: '#',
  spoken: [],
  ...rest,
});
export const say = (text: string): Spoken => ({
  verb: 'say',
  utterance: { prompt: '', parts: [{ kind: 'text', text }], language: 'en-US' },
});
export const play = (text: string): Spoken => ({
  verb: 'play',
  url: `${URL}/audio/menu.wav`,
  utterance: { prompt: '', parts: [{ kind: 'text', text }], language: 'en-US' },
});
export const pause = (seconds: number): Spoken => ({ verb: 'pause', seconds });
export const silence: Verb = { verb: 'redirect', url: `${URL}/silence` };

/** 1200 ms of speech, at 60 ms a letter. */
export const ASK = say('Press one or two now');
export const menu = keys({ numDigits: 1, spoken: [ASK] });
export const code = keys({ numDigits: 6 });
export const CODE = '1@100 2@200 3@300 4@400 5@500 6@600';
export const codeHeard = ['100 key 1', '200 key 2', '300 key 3', '400 key 4', '500 key 5', '600 key 6'];
export const bothWays = keys({ speech: { language: 'en-US', only: false } });
export const wordsOnly = keys({ speech: { language: 'en-US', only: true } });
