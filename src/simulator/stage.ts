import type { WordReader } from '../core/call/heard-words.ts';
import type { Method } from '../core/method.ts';
import type { Utterance } from '../core/call/verbs.ts';
import type { Reply } from '../core/contracts/turns.ts';
import type { Document, LineRequest } from '../telephone/call-events.ts';

/** Where scenarios are played: in this process, or at a server. One for each scenario, with nothing left from another. */
export interface Stage {
  /** The caller calls, or calls again. */
  dial(): StagedCall;
  /** So much time passes, milliseconds. */
  later(ms: number): Promise<void>;
  /** The account is locked by wrong codes in other calls. */
  lockElsewhere(): Promise<void>;
  /** Reads what is heard. */
  readonly reader: WordReader;
  close(): Promise<void>;
}

/** One call of a scenario. */
export interface StagedCall {
  /** What names it: a CallSid. */
  readonly id: string;
  /** Where it starts. */
  readonly url: string;
  /** The reply to a request of the platform, which goes out so many milliseconds after the call began. */
  request(request: LineRequest, at: number): Promise<Document>;
  /** Sends the last request again: whether the reply is the same, byte for byte. */
  repeat(): Promise<boolean>;
  /** What the fallback address answers when the platform could not use the last reply. */
  fallback(code: number): Promise<Document>;
  /** Reports the end of the call. */
  hangUp(): Promise<void>;
  /** The codes that have come to the caller in this call, oldest first; waits a moment where so many are expected. */
  codes(atLeast: number): Promise<readonly ArrivedCode[]>;
  sum(): Promise<CallSum>;
  /** The prompts that words may be of, by `prompt` or `prompt.variant`. */
  promptsOf(utterance: Utterance): readonly string[];
  /** The last reply as it went to the platform; its body may be written only when it is read. */
  readonly reply: Pick<Reply, 'body'>;
}

export interface ArrivedCode {
  readonly method: Method;
  readonly code: string;
}

/** What is counted of a call; null where nobody tells. */
export interface CallSum {
  /** Empty where the call left by none. */
  readonly exit: string | null;
  readonly sends: number | null;
  readonly attempts: number | null;
  readonly turns: number | null;
  /** Accounts that the call has proved to be the caller's. */
  readonly grants: number | null;
}
