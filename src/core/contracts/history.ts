import type { AuditEvent } from './audit.ts';
import type { CallPhase } from './turns.ts';

/** The part of the store that tells operators what has happened. Times are milliseconds of the wall clock. */
export interface HistoryStore {
  /** The calls that began last, the newest first. */
  recentCalls(asked: RecentCalls): Promise<readonly PastCall[]>;
  /** What the audit trail says of a call, oldest first; of whom, it does not say. */
  auditOf(call: string): Promise<readonly PastEvent[]>;
}

export interface RecentCalls {
  readonly since: number;
  /** Only those that left by it. */
  readonly exit?: string;
  readonly most: number;
}

export interface PastCall {
  readonly call: string;
  readonly phase: CallPhase;
  /** Where it stands, or stood last. */
  readonly callflow: string;
  readonly block: string;
  readonly exit: string | null;
  readonly turns: number;
  readonly sends: number;
  readonly attempts: number;
  readonly startedAt: number;
  readonly lastSeenAt: number;
  readonly endedAt: number | null;
}

/** A line of the audit trail. */
export type PastEvent = Omit<AuditEvent, 'account'>;
