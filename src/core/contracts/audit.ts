import type { Method } from '../method.ts';

/** One line of the audit trail. Only plain words, masks and counts: `account` is stored as a keyed hash. */
export interface AuditEvent {
  readonly kind:
    | 'start'
    | 'send'
    | 'report'
    | 'attempt'
    | 'lock'
    | 'notice'
    | 'grant'
    | 'exit'
    | 'end'
    | 'enrolment'
    | 'device'
    | 'sign-in';
  readonly at: number;
  readonly account?: string;
  readonly method?: Method;
  readonly masked?: string;
  readonly detail?: string;
}
