import type { Form } from '../call/verbs.ts';

/** What a page of a web sign-in says. */
export interface PageWords {
  /** The prompt's name, with `.variant` where it has one. */
  readonly prompt: string;
  readonly text: string;
  /** BCP 47. */
  readonly language: string;
}

/** A reply of the turn engine in the channel of the web, before it becomes HTML. */
export type Page =
  | { readonly kind: 'ask'; readonly words: readonly PageWords[]; readonly form: Form; readonly nonce: string }
  /** A task is still running: the browser asks again in a moment. */
  | { readonly kind: 'hold'; readonly words: readonly PageWords[]; readonly nonce: string }
  | { readonly kind: 'end'; readonly words: readonly PageWords[] }
  /** The sign-in stands elsewhere by now. */
  | { readonly kind: 'moved'; readonly nonce: string };
