import type { TranscriptEntry } from './transcript.ts';

/** How a call went, for the last lines of the transcript and for `--json`. */
export interface CallResult {
  readonly call: string;
  readonly callflow: string;
  /** Whether the server has a demo company, which alone can tell how the call went. */
  readonly demo: boolean;
  /** The exit by which the callflow left; null when it left by none or nobody can tell. */
  readonly exit: string | null;
  readonly ends: string;
  readonly asExpected: boolean;
  readonly sends: number | null;
  readonly attempts: number | null;
  readonly requests: number;
  readonly transcript: readonly TranscriptEntry[];
}
