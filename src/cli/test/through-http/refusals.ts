import { randomBytes } from 'node:crypto';
import type { Response } from 'express';

/** How an SMTP server refuses one recipient, so that the send is called so; none of it is a fault of the whole server. */
export const SMTP_REFUSALS = { unreachable: 451, rejected: 550, error: 354 } as const;

const STATUSES = { sent: 201, unreachable: 500, rejected: 400, error: 302 } as const;

/** The same of an interface that takes messages or places calls. */
export function sinkReply(response: Response, outcome: keyof typeof STATUSES): void {
  response.status(STATUSES[outcome]).json({ sid: `CA${randomBytes(16).toString('hex')}` });
}
