/** What a webhook brought, read by the channel, before any block has looked at it. */
export type Incoming =
  /** `digits` holds only 0-9, `*` and `#`, 1 to 65 of them; a longer entry arrives cut to 65 and matches no grammar. */
  | {
      readonly type: 'keys';
      readonly digits: string;
      /** The platform says that the finish key ended the entry; platforms that say nothing leave it out. */
      readonly ended?: true;
    }
  /** What the caller said, as the platform understood it; `confidence` 0 to 1. */
  | { readonly type: 'speech'; readonly text: string; readonly confidence: number }
  /** The no-input mark of our own Redirect: the caller stayed silent (a bare `#` is the same request). */
  | { readonly type: 'silence' }
  /** Neither keys nor the mark: a Redirect back to this turn. */
  | { readonly type: 'back' }
  /** A number's voice webhook; `to` was dialled; `test`: it is one of TEST_NUMBERS; `from`: who calls, where that is known. A repeat of it carries the same `token`. */
  | {
      readonly type: 'start';
      readonly test: boolean;
      readonly to: string;
      readonly from?: string;
      readonly token?: string;
    }
  /** How a dial ended, for example `completed`, `busy`, `no-answer`, `failed`, `canceled`. */
  | { readonly type: 'dialled'; readonly status: string }
  /** How waiting in a queue ended, for example `bridged`, `queue-full`, `leave`. */
  | { readonly type: 'queued'; readonly result: string };

/** Results of a queue after which the caller has spoken with somebody, or has hung up. */
const SERVED: readonly string[] = ['bridged', 'bridging-in-process', 'redirected-from-bridged', 'hangup'];

/** Whether a dial or a queue brought the caller to somebody; null for what reports neither. */
export function wasPutThrough(incoming: Incoming): boolean | null {
  if (incoming.type === 'dialled') return incoming.status === 'completed';
  return incoming.type === 'queued' ? SERVED.includes(incoming.result) : null;
}

/** One reading of what the caller entered, best first in its list (D10). */
export interface Hypothesis {
  readonly value: string;
  /** 0 to 1; keys are certain, of words it is what the platform says. */
  readonly confidence: number;
  readonly mode: 'dtmf' | 'voice';
}

/** The variables that a collect block sets under `name`, exactly as D10 names them. */
export function nbestVariables(name: string, nbest: readonly Hypothesis[]): Record<string, string> {
  const variables: Record<string, string> = {
    [name]: nbest[0]?.value ?? '',
    [`${name}_nbestLength`]: String(nbest.length),
  };
  for (const [index, hypothesis] of nbest.entries()) {
    variables[`${name}_nbest${index + 1}`] = hypothesis.value;
    const { confidence } = hypothesis;
    variables[`${name}_nbestConfidence${index + 1}`] = Number.isInteger(confidence)
      ? confidence.toFixed(1)
      : String(confidence);
    variables[`${name}_nbestInputmode${index + 1}`] = hypothesis.mode;
  }
  return variables;
}
