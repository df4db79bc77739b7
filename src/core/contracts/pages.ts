import type { Form } from '../call/verbs.ts';

/** What a page of a web sign-in says. */
export interface PageWords {
  /** The prompt's name, with `.variant` where it has one. */
  readonly prompt: string;
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
}

/** What a page asks: a button for each option, and a field for what is typed. */
export interface PageForm extends Pick<Form, 'block' | 'entry'> {
  readonly options: readonly {
    readonly key: string;
    readonly name: string;
    readonly text: string;
    /** BCP 47. */
    readonly language: string;
  }[];
}

/** A reply of the turn engine in the channel of the web, before it becomes HTML. */
export type Page =
  | { readonly kind: 'ask'; readonly words: readonly PageWords[]; readonly form: PageForm; readonly nonce: string }
  /** A task is still running: the browser asks again in a moment. The nonce is empty where even the first turn is. */
  | { readonly kind: 'hold'; readonly words: readonly PageWords[]; readonly nonce: string }
  | { readonly kind: 'end'; readonly words: readonly PageWords[] }
  /** The sign-in stands elsewhere by now. */
  | { readonly kind: 'moved'; readonly nonce: string };
