import type { FileText } from './languages.ts';

/** Which text of which prompt file, whatever the language. */
export interface UnitName {
  /** The name of the prompt file: a callflow, or `standard`. */
  readonly callflow: string;
  readonly kind: FileText['kind'];
  readonly prompt: string;
  /** Null for a prompt that is one text. */
  readonly variant: string | null;
}

/** One text in two languages, as translators get it. */
export interface Unit extends UnitName {
  readonly source: string;
  /** Empty where there is none yet. */
  readonly target: string;
  /** For the translator: the recording that plays it, what must be kept, how long it may be. */
  readonly audio: string;
  readonly note: string;
}

export interface Translation {
  readonly from: string;
  readonly to: string;
  readonly units: readonly Unit[];
}

/** What came back in a file, not yet held against the project. */
export interface Returned {
  readonly from: string;
  readonly to: string;
  readonly units: readonly ReturnedUnit[];
}

export type ReturnedUnit = UnitName & {
  readonly source: string;
  readonly target: string;
  /** Where it stands, for messages: `row 12`. */
  readonly at: string;
};

/** As a key for maps. */
export function keyOfUnit({ callflow, kind, prompt, variant }: UnitName): string {
  return JSON.stringify([callflow, kind, prompt, variant]);
}

/** As people say it: `enter-code (email) of two-factor`. */
export function nameOfUnit(unit: UnitName): string {
  return `${nameInFile(unit)} of ${unit.callflow}`;
}

/** The same where it is clear which file is meant. */
export function nameInFile({ kind, prompt, variant }: UnitName): string {
  return `${kind === 'message' ? 'message ' : ''}${prompt}${variant === null ? '' : ` (${variant})`}`;
}
