import type { Callflow } from '../callflow.ts';

/** Whether a callflow is for pages of web sign-in. */
export function isOfWeb({ signIn }: Callflow): boolean {
  return signIn !== null;
}
