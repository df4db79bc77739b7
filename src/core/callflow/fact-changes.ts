import type { Heard } from '../blocks/verb.ts';
import type { Facts } from '../call/session.ts';
import type { FlowEvent } from './compile.ts';
import { changed, without } from './facts.ts';

/** What changes of the facts, by name. */
type FactsChange = (facts: Facts, event: FlowEvent, params: never) => Partial<Facts>;

const CHANGES = {
  take: (facts, { variables, result, chosen, partial }) => ({
    variables: variables === undefined ? facts.variables : { ...facts.variables, ...variables },
    lookedUp: result?.lookedUp ?? facts.lookedUp,
    found: result?.found ?? facts.found,
    chosen: chosen ?? facts.chosen,
    tallies: result?.tallies === undefined ? facts.tallies : { ...facts.tallies, ...result.tallies },
    partial: partial ?? '',
  }),
  set: (facts, _event, { variables }: { variables: Record<string, string> }) => ({
    variables: { ...facts.variables, ...variables },
  }),
  'ask-because': (facts, _event, { why }: { why: 'blank' | 'wrong' }) => ({
    silences: why === 'blank' ? facts.silences : 0,
    wrongKeys: 0,
    asks: why,
    partial: '',
  }),
  settle: () => SETTLED,
  'count-silence': ({ silences }) => ({ silences: silences + 1, asks: 'silence' }),
  'count-wrong-key': ({ wrongKeys }) => ({ wrongKeys: wrongKeys + 1, silences: 0, asks: 'wrong-key', partial: '' }),
  'ask-again': () => ({ silences: 0, wrongKeys: 0, asks: 'again', partial: '' }),
  forget: () => ({ found: [], chosen: null, lookedUp: {} }),
  /** What a listening block chooses without asking. */
  choose: (facts, _event, { shortcut }: { shortcut: Shortcut }) => {
    const { chosen = null, variables = {} } = shortcut(facts) ?? {};
    return { chosen, variables: { ...facts.variables, ...variables } };
  },
  blank: ({ variables }, _event, { name }: { name: string }) => ({ variables: without(name, variables) }),
} satisfies Readonly<Record<string, FactsChange>>;

const SETTLED = { silences: 0, wrongKeys: 0, asks: 'fresh', partial: '' } as const;

/** What a listening block would hear without asking: null where it asks. */
export type Shortcut = (facts: Facts) => Extract<Heard, { path: string }> | null;

export interface NamedChange {
  readonly type: keyof typeof CHANGES;
  readonly params?: object;
}

/** The facts after several changes, one after the other. */
export function changedBy(facts: Facts, event: FlowEvent, all: readonly NamedChange[]): Facts {
  let now = facts;
  for (const { type, params } of all) now = changed(now, (CHANGES[type] as FactsChange)(now, event, params as never));
  return now;
}

/** The actions of a transition with all changes folded into one; effects that come after them read nothing of them. */
export function foldedActions(actions: readonly unknown[]): readonly unknown[] {
  const named = actions.map((action) => (typeof action === 'string' ? { type: action } : (action as NamedChange)));
  const isChange = ({ type }: { readonly type: string }): boolean => Object.hasOwn(CHANGES, type);
  const all = named.filter(isChange);
  return [
    ...(all.length === 0 ? [] : [{ type: 'change', params: { all } }]),
    ...named.filter((action) => !isChange(action)),
  ];
}
