import { z } from 'zod';
import { target } from '../callflow/names.ts';
import { statusKey } from '../service-answer.ts';

const STATUS = /^[\p{L}\p{N}](?:[\p{L}\p{N} _-]{0,62}[\p{L}\p{N}])?$/u;

/** Holds the keys of `paths` to be statuses that a service can answer, each once. */
export function refuseOddStatuses(paths: object, context: z.RefinementCtx): void {
  const seen = new Map<string, string>();
  for (const status of Object.keys(paths)) {
    const twin = seen.get(statusKey(status));
    const message = !STATUS.test(status)
      ? 'A status is letters, digits, spaces, hyphens and underscores, at most 64.'
      : twin !== undefined
        ? `The statuses "${twin}" and "${status}" are the same to a service; keep one.`
        : null;
    if (message !== null) context.addIssue({ code: 'custom', path: [status], message });
    seen.set(statusKey(status), status);
  }
}

/**
 * What a service of external codes may answer besides the statuses of the reference document (G43, G47). No status of
 * `taken` can be given another meaning: what is right, wrong or used up is not for a service's words to say.
 */
export function ownStatuses(taken: readonly string[]) {
  return z
    .record(z.string(), target)
    .superRefine((paths, context) => {
      refuseOddStatuses(paths, context);
      for (const status of Object.keys(paths))
        if (taken.includes(statusKey(status)))
          context.addIssue({
            code: 'custom',
            path: [status],
            message: `The status "${status}" has its meaning already. Write only statuses of your own here.`,
          });
    })
    .optional()
    .meta({ description: 'For external codes: where other statuses of the service lead.', usually: 'none' });
}

/** The same as a task needs it: the path of each status, in lower case (D4). */
export function statusPaths(written: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(written ?? {}).map((status) => [status.toLowerCase(), status]));
}
