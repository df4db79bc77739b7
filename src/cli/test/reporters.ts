import type { Played } from '../../simulator/record.ts';
import type { Output } from '../call/screen.ts';

/** What is about to be played. */
export interface RunPlan {
  readonly scenarios: number;
  readonly files: number;
  /** How: in this process, or at a server. */
  readonly through: 'simulator' | 'http';
}

export interface RunSummary {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly calls: number;
  /** By the real clock, milliseconds. */
  readonly ms: number;
}

/** Tells how a run goes. What belongs to a file is written to it, all else to stdout. */
export interface Reporter {
  begin?(plan: RunPlan): void;
  /** Scenarios come in the order of their files, whoever played them. */
  played(played: Played): void;
  end(summary: RunSummary): void;
}

/** `sources`: the texts of the scenario files, by their paths. */
export type MakeReporter = (out: Output, sources: ReadonlyMap<string, string>) => Reporter;
