import type { Written } from './as-written.ts';

/** How an exit is drawn and spoken about; `error` and `success` by their reserved names, `missing` is none at all. */
export type ExitKind = 'success' | 'agent' | 'error' | 'returns' | 'redirect' | 'queue' | 'hang-up' | 'missing';

export interface DescribedExit {
  readonly name: string;
  readonly kind: ExitKind;
  /** In the third person: "dials AGENT_NUMBER". */
  readonly does: string;
  /** The prompt that is said on the way out. */
  readonly says: string | null;
}

/** The exit `error` that every callflow has. */
const BUILT_IN: Written = { say: 'technical-problem', dial: '${AGENT_NUMBER}' };

/**
 * What an exit does, from what the file says of it (a file that the loader has accepted); `written` is absent for the
 * built-in `error`.
 */
export function describeExit(name: string, written: Written = BUILT_IN): DescribedExit {
  const text = (key: string): string => bare(textOf(written[key]));
  const says = written['say'] === undefined ? null : text('say');
  const is = (kind: ExitKind, does: string): DescribedExit => ({
    name,
    kind: name === 'success' || name === 'error' ? name : kind,
    does: `${does}${variables(written)}`,
    says,
  });
  if ('dial' in written) return is('agent', `dials ${text('dial')}`);
  if ('queue' in written) return is('queue', `waits in the queue ${text('queue')}`);
  if ('redirect' in written) return is('redirect', `goes on at ${text('redirect')}`);
  if ('studio-return' in written) return is('redirect', `goes back to Studio at ${text('studio-return')}`);
  if ('hang-up' in written) return is('hang-up', 'hangs up');
  return is('returns', 'returns to the linking callflow');
}

/** A number may have been written without quotes. */
function textOf(value: Written[string] | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** `${AGENT_NUMBER}` as people say it. */
function bare(written: string): string {
  return written.replaceAll(/\$\{([^}]*)\}/g, '$1');
}

/** The variables that go along. */
function variables({ send, sealed }: Written): string {
  if (!Array.isArray(send) || send.length === 0) return '';
  return ` with ${send.join(', ')}${sealed === true ? ', sealed' : ''}`;
}
