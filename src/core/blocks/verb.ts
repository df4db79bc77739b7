import type { z } from 'zod';
import type { Callflow } from '../callflow/callflow.ts';
import type { CallValue } from '../call/prompts.ts';
import type { Facts } from '../call/session.ts';
import type { Task } from '../call/tasks.ts';
import type { OutcomeForm } from './outcomes.ts';

/**
 * One block verb: all that the schema, compiler, checker, picture and documentation know about it. Its body is typed
 * inside the verb's own file; the registry sees `object`.
 */
export interface Verb<B extends object = object> {
  /** The key that makes a block this verb. */
  readonly name: string;
  readonly summary: string;
  /** A complete block, as YAML; a test checks each. */
  readonly example: string;
  readonly schema: z.ZodType<B>;
  /** The same with the outcome names of the OTP-node reference, where the verb is one of its nodes. */
  readonly outcomes?: OutcomeForm<B>;
  /** Every way out and where it leads, those with a default from the settings included. */
  paths(block: B, site: Site): Readonly<Record<string, string>>;
  /** Those of the paths that a limit takes, without the caller's doing. */
  readonly limitPaths?: readonly string[];
  /** Prompts it names. */
  prompts?(block: B): readonly string[];
  /** Those of the prompts that are spoken in one certain language, whatever the call's is. */
  languages?(block: B): Readonly<Record<string, string>>;
  /** Variables that it reads, besides those in its prompts. */
  reads?(block: B, site: Site): readonly string[];
  /** Variables that are set when it is left. */
  writes?(block: B, site: Site): readonly string[];
  /** What its menu may offer: the name of each option's text, and the values of its own that the text may name. */
  options?(block: B): readonly { readonly name: string; readonly tells?: readonly CallValue[] }[];
  /** By path: what the call knows for its prompts once the block is left that way. */
  readonly tells?: Readonly<Record<string, readonly CallValue[]>>;
  /** The service that it calls. */
  service?(block: B): string;
  readonly kind: Kind<B>;
}

/** What happens when the call enters the block. */
export type Kind<B> =
  /** Says a prompt and goes on by `next`. */
  | { readonly does: 'say'; prompt(block: B): string; language(block: B): string | null }
  /** Sets variables and goes on by `next`. */
  | { readonly does: 'set'; variables(block: B): Readonly<Record<string, string>> }
  /** Goes on at once by the first branch whose variable holds the value, else by `otherwise`. */
  | { readonly does: 'decide'; variable(block: B): string; values(block: B): Readonly<Record<string, string>> }
  /** Enters another callflow. */
  | { readonly does: 'link'; callflow(block: B): string; hands(block: B): readonly string[] }
  /** Asks the app for a side effect; its result is the path. */
  | {
      readonly does: 'perform';
      task(block: B, scene: Scene): Task;
      /** What an earlier look-up found is dropped first. */
      readonly clears?: true;
      /** The variable with the code that it tries. */
      blanks?(block: B): string;
      /** By path: why a question that follows at once is asked again, under the settings of the OTP nodes. */
      readonly because?: Readonly<Record<string, 'blank' | 'wrong'>>;
      /** The paths that a wrong code takes, where the caller may have another try. */
      readonly wrong?: readonly string[];
      /** It sends codes: the path once one is on its way, and the one for when a report says later that it failed. */
      readonly sends?: { readonly sent: string; readonly undelivered: string };
      /** Variables of the callflow that its result sets. */
      receives?(block: B, site: Site): readonly string[];
    }
  /** Asks the caller and listens. */
  | {
      readonly does: 'listen';
      question(block: B, scene: Scene): Question;
      hear(block: B, keys: string, scene: Scene): Heard;
      limits(block: B, site: Site): { readonly silences: Limit; readonly wrongKeys: Limit };
      /** A path that is taken at once, without a question, when the facts allow no choice. */
      shortcut?(block: B, scene: Scene): Heard | null;
      /** Whether silence goes on as an entry without digits, as long as its limit allows. */
      submitsBlank?(block: B, site: Site): boolean;
      /** The variable that the entry is saved as. */
      saves?(block: B): string;
      /** Whether the entry is a code or another secret, which never leaves with the call. */
      secrecy?(block: B): 'code' | 'secret' | null;
      /** Whether the caller may say it as well. */
      hearsSpeech?(block: B): boolean;
      /** What the caller's words mean to the block. Absent: nothing. */
      hearSpeech?(block: B, speech: Speech, scene: Scene): Heard;
    };

export interface Limit {
  readonly most: number;
  readonly then: string;
}

/** Where a block stands. */
export interface Site {
  readonly name: string;
  readonly callflow: Callflow;
}

/** Where a block stands, and what is known in the call. */
export interface Scene extends Site {
  readonly facts: Facts;
  readonly test: boolean;
  readonly locale: string;
}

/** What to say and what to listen for. */
export interface Question {
  readonly prompt: string;
  /** Menu options in their order: the variant of the prompt that names each, and its key. */
  readonly options?: readonly Option[];
  /** What is typed, where it is no menu: how many digits, where that is fixed. */
  readonly entry?: { readonly digits: number | null; readonly isCode: boolean };
  /** Offers a person at key 0. */
  readonly zero?: boolean;
  /** The entry is over at this many keys. */
  readonly keys?: number;
  /** No finish key: hash is a choice here. */
  readonly hashIsAKey?: boolean;
  /** Words are listened for besides keys, or in their place. */
  readonly speech?: 'also' | 'only';
  /** Milliseconds until the first key. */
  readonly wait: number;
}

/** What the platform made of the caller's words: one hypothesis. */
export interface Speech {
  readonly text: string;
  /** 0 to 1, as the platform says. */
  readonly confidence: number;
  /** The locale of the words that asked. */
  readonly locale: string;
}

export interface Option {
  readonly name: string;
  readonly key: Key;
  /** Where it is not the language of the call. */
  readonly language?: string;
  /** Prompt values of this option's own, for example the masked destination. */
  readonly values?: Readonly<Record<string, string>>;
}

export const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', 'star', 'hash'] as const;
export type Key = (typeof KEYS)[number];

/** What the entered keys mean to the block. */
export type Heard =
  | { readonly path: string; readonly variables?: Readonly<Record<string, string>>; readonly chosen?: string }
  /** Heard, but not in the grammar; the list is set all the same (D10). */
  | { readonly wrong: true; readonly variables?: Readonly<Record<string, string>> }
  /** Asks the same question again and counts nothing. */
  | { readonly again: true }
  /** Too few keys yet: the rest is listened for in silence. */
  | { readonly partial: string };
