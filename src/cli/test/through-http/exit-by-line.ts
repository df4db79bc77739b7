import type { Verb } from '../../../core/call/verbs.ts';
import type { Callflow } from '../../../core/callflow/callflow.ts';

type Exit = Callflow['exits'][string];

/** What is heard and done as a call leaves. */
export interface Leaving {
  readonly verbs: readonly Verb[];
  /** The prompts that are heard, by name. */
  readonly prompts: readonly string[];
}

/** The exit that a call left by, told by what the line does then; null where several do the same, or it has not left. */
export function exitByLine(exits: Callflow['exits'], { verbs, prompts }: Leaving): string | null {
  const ways = waysOf(verbs);
  const open = Object.entries(exits).filter(([, exit]) => ways.includes(exit.does));
  const said = open.filter(([, { say }]) => say !== undefined && prompts.includes(say));
  const [only, ...others] = said.length > 0 ? said : open.filter(([, { say }]) => say === undefined);
  return only === undefined || others.length > 0 ? null : only[0];
}

/** Whether somebody else has the caller after this document, for a while or for good. */
export function putsThrough(verbs: readonly Verb[]): boolean {
  return verbs.some(({ verb }) => verb === 'dial' || verb === 'enqueue');
}

function waysOf(verbs: readonly Verb[]): readonly Exit['does'][] {
  if (verbs.some(({ verb }) => verb === 'dial')) return ['dial'];
  if (verbs.some(({ verb }) => verb === 'enqueue')) return ['queue'];
  const last = verbs.at(-1)?.verb;
  if (last === 'redirect') return ['redirect', 'studio-return'];
  return last === 'hangup' ? ['return', 'hang-up'] : [];
}
