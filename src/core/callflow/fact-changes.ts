import { assign } from 'xstate';
import type { Facts } from '../call/session.ts';
import type { FlowEvent } from './compile.ts';
import { changed, without } from './facts.ts';

/** xstate copies a context at every assignment: of this one there is little to copy. */
export type Context = { readonly context: { readonly facts: Facts } };
type Change = Context & { readonly event: FlowEvent };
interface Choice {
  readonly chosen: string | null;
  readonly variables: Readonly<Record<string, string>>;
}

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
  blank: ({ variables }, _event, { name }: { name: string }) => ({ variables: without(name, variables) }),
} satisfies Readonly<Record<string, FactsChange>>;

const SETTLED = { silences: 0, wrongKeys: 0, asks: 'fresh', partial: '' } as const;

interface NamedChange {
  readonly type: keyof typeof CHANGES;
  readonly params?: object;
}

/** Several changes one after the other, as one: xstate makes a new state of each assignment. */
export const change = assign(({ context, event }: Change, { all }: { readonly all: readonly NamedChange[] }) => {
  let { facts } = context;
  for (const { type, params } of all)
    facts = changed(facts, (CHANGES[type] as FactsChange)(facts, event, params as never));
  return { facts };
});

/** What a listening block chooses without asking. */
export const choose = assign(({ context: { facts } }: Change, { chosen, variables }: Choice) => ({
  facts: changed(facts, { chosen, variables: { ...facts.variables, ...variables } }),
}));

/** The actions of a transition with all changes folded into one; effects that come after them read nothing of them. */
export function foldedActions(actions: readonly unknown[]): readonly unknown[] {
  const named = actions.map((action) => (typeof action === 'string' ? { type: action } : (action as NamedChange)));
  const isChange = ({ type }: { readonly type: string }): boolean => Object.hasOwn(CHANGES, type);
  // What is chosen is taken from the facts before they settle.
  const [first, ...rest] = named;
  const chooses = (first?.type as string) === 'choose' ? [first] : [];
  const all = (chooses.length > 0 ? rest : named).filter(isChange);
  return [
    ...chooses,
    ...(all.length === 0 ? [] : [{ type: 'change', params: { all } }]),
    ...named.filter((action) => !isChange(action) && !chooses.includes(action)),
  ];
}
