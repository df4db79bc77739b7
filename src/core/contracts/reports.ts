import type { Method } from '../method.ts';

/** What the networks say later of codes that were sent. Times are milliseconds of the wall clock. */
export interface ReportStore {
  /**
   * Notes that the send with this token did not arrive, while its code lives; whatever else a report may be about
   * changes nothing, a repeat included. Answers with the call whose code it is, null where nothing was noted.
   */
  reportFailed(report: {
    readonly method: Method;
    readonly token: string;
    readonly now: number;
  }): Promise<string | null>;
  /** Closes the live code of a call if it was reported as failed; one that was sent meanwhile is left alone. */
  closeUndelivered(call: string, now: number): Promise<void>;
}
