import type { CodeBinding } from './keyring.ts';
import type { CodeCallInput, CodeCallStep } from '../verification/code-call.ts';

/** What a call needs to tell its code; kept sealed, beside the challenge that was opened for it. */
export interface CodeToTell {
  readonly callflow: string;
  /** BCP 47: the language of the caller's call. */
  readonly locale: string;
  /** The library of the caller's call. */
  readonly revision: string;
  readonly digits: number;
  /** What the person called presses to hear the code: `1` to `9`, another one in each call. */
  readonly key: string;
}

/** A call that tells a code; `binding` is what its codes are good for. */
export interface CodeCall {
  readonly binding: CodeBinding;
  readonly tells: CodeToTell;
}

/** One request of the platform about a call that tells a code. */
export interface CodeCallTurn {
  readonly token: string;
  /** The step that the request answers: 0 when the call was answered, else the number of the question. */
  readonly step: number;
  readonly input: CodeCallInput;
  readonly now: number;
  /** The keyed hash of a fresh code, kept only where that code is told. */
  readonly mac: string;
}

export interface CodeCallMade {
  readonly step: CodeCallStep;
  /** What the next request of this call answers. */
  readonly next: number;
  /** This very request told the code of `mac`; otherwise nobody may hear it. */
  readonly told: boolean;
}

/** Calls that tell codes. Their tokens are those of delivery reports. Times are milliseconds of the wall clock. */
export interface CodeCallStore {
  /** Null: no call was ever placed under this token, or it was purged. */
  readCodeCall(token: string): Promise<CodeCall | null>;
  /**
   * Makes a step, once: a repeat of it is answered in the same words, without a code. A code is told only while its
   * challenge lives and the caller's call goes on; its hash takes the place of the earlier one in the same transaction.
   */
  stepCodeCall(turn: CodeCallTurn): Promise<CodeCallMade>;
  /**
   * The call is over, by the platform's word. One that has told no code has not delivered it: answers as `reportFailed`
   * does.
   */
  endCodeCall(call: { readonly token: string; readonly now: number }): Promise<string | null>;
}
