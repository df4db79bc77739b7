import type { Played } from '../../../simulator/record.ts';

/** The scenarios of one file, and how many of them went how. */
export interface PlayedFile extends Record<Played['outcome'], number> {
  readonly file: string;
  readonly played: Played[];
  /** By the real clock, milliseconds. */
  ms: number;
}

/** Gathers what was played by its files, for reports that are written at the end. */
export class PlayedFiles {
  private readonly files = new Map<string, PlayedFile>();

  add(played: Played): void {
    const { file, outcome, ms } = played;
    const known = this.files.get(file) ?? { file, played: [], passed: 0, failed: 0, skipped: 0, ms: 0 };
    this.files.set(file, known);
    known[outcome] += 1;
    known.ms += ms;
    // Nobody tells what happened where all went well, and thousands of calls would fill the memory.
    known.played.push(outcome === 'failed' ? played : { ...played, happened: [], taken: [] });
  }

  get all(): readonly PlayedFile[] {
    return [...this.files.values()];
  }

  get failures(): readonly Played[] {
    return this.all.flatMap(({ played }) => played.filter(({ outcome }) => outcome === 'failed'));
  }
}
