import type { Callflow } from '../callflow.ts';

/** Whether somebody else makes and checks the codes. */
export function hasExternalCodes({ settings }: Callflow): boolean {
  const madeBy: string = settings.code['made-by'];
  return madeBy === 'external';
}
