/**
 * What a channel tells the platform to do, as data. The TwiML dialect writes these as XML, the telephone obeys them,
 * tests read them: the portable subset that Twilio, SignalWire, Telnyx and Somleng share.
 */

/** A stretch of speech. `slow` holds others; all texts are plain and already free of markup. */
export type SpeechPart =
  | { readonly kind: 'text'; readonly text: string }
  /** Spoken one digit at a time. */
  | { readonly kind: 'digits'; readonly text: string }
  /** Spoken one character at a time. */
  | { readonly kind: 'spell'; readonly text: string }
  /** A silence inside the sentence, in milliseconds. */
  | { readonly kind: 'pause'; readonly ms: number }
  | { readonly kind: 'slow'; readonly parts: readonly SpeechPart[] };

/** One thing spoken: its wording, and the recording that is played instead where there is one. */
export interface Utterance {
  /** The prompt's name, with `.variant` where it has one; scenarios, logs and tests speak of prompts by it. */
  readonly prompt: string;
  readonly parts: readonly SpeechPart[];
  /** BCP 47, for example `en-US`. */
  readonly language: string;
  /** The platform's name of a voice, for example `Polly.Joanna`. */
  readonly voice?: string;
  /** Where its recording is served, under the public address; `Links.audio` makes the URL of it. */
  readonly audio?: string;
}

/** What to listen for. */
export interface Listen {
  readonly keys: number | null;
  readonly finishOnKey: '#' | '';
  readonly speech?: SpeechInput;
  /** Milliseconds until the first key. */
  readonly wait: number;
  /** Only in callflows for the web. */
  readonly form?: Form;
}

/** What is asked, for channels that show it: a page has a button for each key, and a field for what is typed. */
export interface Form {
  /** The block that asks. */
  readonly block: string;
  /** What is said, without the choices: they are buttons. */
  readonly words: readonly Utterance[];
  /** What may be chosen; empty where something is typed. */
  readonly options: readonly FormOption[];
  /** What is typed; null at a menu. */
  readonly entry: {
    readonly digits: number | null;
    /** A one-time code: browsers may fill it in from a message. */
    readonly isCode: boolean;
  } | null;
}

export interface FormOption {
  /** `0` to `9`, `*` or `#`. */
  readonly key: string;
  readonly name: string;
  /** Of its words, BCP 47. */
  readonly language: string;
  /** Its own words, without the key. */
  readonly parts: readonly SpeechPart[];
}

/** Words are listened for, too. */
export interface SpeechInput {
  /** BCP 47. */
  readonly language: string;
  /** In place of keys. */
  readonly only: boolean;
}

export type Spoken =
  | { readonly verb: 'say'; readonly utterance: Utterance }
  | { readonly verb: 'play'; readonly url: string; readonly utterance: Utterance }
  | { readonly verb: 'pause'; readonly seconds: number };

export interface Gather {
  readonly verb: 'gather';
  /** Absolute URL that the keys are posted to. */
  readonly action: string;
  /** The request goes out at this many keys; absent: at the finish key or the timeout. */
  readonly numDigits?: number;
  /** Whole seconds, one timer: before the first key (after the nested prompts) and between keys. */
  readonly timeout: number;
  /** `#`, or the empty string for none. */
  readonly finishOnKey: '#' | '';
  readonly speech?: SpeechInput;
  /** Channels of the telephone leave it out. */
  readonly form?: Form;
  readonly spoken: readonly Spoken[];
}

export type Verb =
  | Spoken
  | Gather
  | { readonly verb: 'redirect'; readonly url: string }
  /** Without `action` the document goes on when the dialled call is over. */
  | { readonly verb: 'dial'; readonly to: DialTarget; readonly action?: string }
  /** Waits in a queue of the platform; `action` is asked for once that is over. */
  | { readonly verb: 'enqueue'; readonly queue: string; readonly action: string }
  | { readonly verb: 'hangup' };

export type DialTarget =
  /** E.164, for example `+12025550199`. */
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'sip'; readonly uri: string; readonly headers: Readonly<Record<string, string>> };

/** The text of an utterance as a person would write it down: the transcript. */
export function transcript(parts: readonly SpeechPart[]): string {
  return parts
    .map((part) => {
      switch (part.kind) {
        case 'text':
          return part.text;
        case 'digits':
        case 'spell':
          return part.text.split('').join(' ');
        case 'pause':
          return ' ';
        case 'slow':
          return transcript(part.parts);
      }
    })
    .join('')
    .replace(/\s+/g, ' ')
    .trim();
}
