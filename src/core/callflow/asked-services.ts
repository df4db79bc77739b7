import { isExternal } from '../blocks/code-service.ts';
import { VERBS } from '../blocks/index.ts';
import type { Callflow } from './callflow.ts';

/** The services that a callflow asks; those of external codes only where another system makes the codes. */
export function askedServices(callflow: Callflow): ReadonlySet<string> {
  const blocks = [...callflow.blocks.values()];
  const named = blocks.flatMap(({ verb, body }) => VERBS.get(verb)?.service?.(body) ?? []);
  const ofCodes = ['send-code', 'verify-code'].filter((name) => blocks.some(({ verb }) => verb === name));
  return new Set([...named, ...(isExternal(callflow) ? ofCodes : [])]);
}
