/** Where codes come from (G4, G57): made here, by another system, or by an authenticator. */
import type { SendCode, VerifyCode } from '../call/tasks.ts';
import type { Wording } from '../call/wording.ts';
import type { CodeToTell } from './code-calls.ts';
import type { AuthenticatorProof } from './authenticators.ts';
import type { LiveChallenge } from './codes.ts';
import type { CodeBinding } from './keyring.ts';
import type { Method } from '../method.ts';

/**
 * Makes, sends and judges codes. What is charged, limited and granted is not its business: whoever asks has charged the
 * send or the attempt already.
 */
export interface CodeProvider {
  /** Where codes of a method go, in the one spelling that counts; empty where nobody needs to know, null where none may go. */
  destination(contact: Contact): Promise<string | null>;
  /** Null where it cannot send at all: nothing is charged then. `wording`: the text that carries the code. */
  prepare(send: SendCode, wording: Wording | undefined, email?: EmailWording): PreparedSend | null;
  /** Rejects only by a fault of ours. */
  judge(attempt: CodeAttempt): Promise<Judgement>;
}

/** What an email has besides its text, where the prompts of the call's language have it. */
export interface EmailWording {
  readonly subject?: Wording | undefined;
  readonly html?: Wording | undefined;
}

/** Makes codes itself, also one by one: for whoever is called and asks to hear it. */
export interface CodeMaker extends CodeProvider {
  make(binding: CodeBinding, digits: number): { readonly code: string; readonly mac: string };
}

export interface Contact {
  readonly account: string;
  readonly method: Method;
  /** As the service or a variable gives it; empty where neither does. */
  readonly value: string;
  /** The numbers of the call that asks, as the platform gives them: who calls, and what was dialled. */
  readonly lines: readonly string[];
}

/** A code that is ready to go out. */
export interface PreparedSend {
  /** Whether a message goes out: spacing and budgets are for those (G30: without one, only the sends of the call count). */
  readonly leaves: boolean;
  /** How long the code works, milliseconds; null: that is for others to say. */
  readonly lasts: number | null;
  /** What is kept of the code; empty where somebody else knows it. */
  mac(binding: CodeBinding): string;
  /** Where the code is made and told only once somebody answers; `mac` is empty then. */
  readonly tells?: Pick<CodeToTell, 'digits' | 'key'>;
  /** `report`: the token that delivery reports of this send come under. */
  send(report: string): Promise<SendResult>;
}

export interface SendResult {
  /** A path of the block that sends. */
  readonly path: string;
  /** What went wrong, if it did. */
  readonly failure?: {
    /** Whether a connection was ever accepted; where not, budgets are given back. */
    readonly accepted: boolean;
    /** For the log: no address, number or code in it. */
    readonly reason: string;
  };
}

/** One try of one code; `binding` and `challenge` are those that the charge named. */
export interface CodeAttempt {
  readonly task: VerifyCode;
  readonly code: string;
  readonly binding: CodeBinding;
  readonly challenge: LiveChallenge;
}

export type Judgement =
  /** `proof`: what is used up with the grant, where nobody else sees to it that a code counts once. */
  | { readonly verdict: 'right'; readonly proof?: AuthenticatorProof }
  | { readonly verdict: 'wrong' }
  /** Nobody judged the code: the path to take instead, and whether the attempt stays used. */
  | { readonly verdict: 'none'; readonly path: string; readonly used: boolean; readonly reason: string };
