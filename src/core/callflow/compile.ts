import { setup, type AnyStateMachine } from 'xstate';
import { VERBS, type AnyVerb } from '../blocks/index.ts';
import type { Site } from '../blocks/verb.ts';
import type { Wordings } from '../call/prompts.ts';
import type { Facts, TaskResult } from '../call/session.ts';
import type { Block, Callflow } from './callflow.ts';
import { foldedActions, type NamedChange, type Shortcut } from './fact-changes.ts';
import { variablesOf } from './facts.ts';
import type { Ride } from './ride.ts';

/** A callflow, ready to run. */
export interface Flow {
  readonly callflow: Callflow;
  /** By locale. */
  readonly wordings: ReadonlyMap<string, Wordings>;
  readonly machine: AnyStateMachine;
  /** The ways out of each block. */
  readonly paths: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Whether it tries codes, so that a verified caller may skip it (G56). */
  readonly verifies: boolean;
}

/** What the machine is told; `type` is a path of the present block, or one of the listening events below. */
export interface FlowEvent {
  readonly type: string;
  readonly variables?: Readonly<Record<string, string>>;
  readonly chosen?: string;
  readonly result?: TaskResult;
  readonly partial?: string;
}

/** What happens in a transition, as data. */
export type Action =
  | { readonly type: 'change'; readonly params: { readonly all: readonly NamedChange[] } }
  | { readonly type: 'say'; readonly params: { readonly block: string } }
  | Exclude<Effect, { readonly type: 'say' }>;

/** What a transition leaves to be obeyed by `step`. `facts` are those of that very moment. */
export type Effect =
  | { readonly type: 'say'; readonly params: { readonly block: string; readonly facts: Facts } }
  | { readonly type: 'ask' | 'listen-on' | 'perform' | 'link'; readonly params: { readonly block: string } }
  | { readonly type: 'leave'; readonly params: { readonly exit: string } }
  | { readonly type: 'close-code'; readonly params?: undefined }
  /** A path of a block was taken. */
  | { readonly type: 'took'; readonly params: { readonly block: string; readonly path: string } }
  | { readonly type: 'language'; readonly params: { readonly locale: string } };

/** A transition that never settles ends after so many steps, as an error. */
const MOST_STEPS = 100;

interface Transition {
  readonly target?: string;
  readonly reenter?: true;
  readonly guard?: { readonly type: string; readonly params?: object };
  readonly actions?: readonly unknown[];
}
interface State {
  readonly entry?: readonly unknown[];
  readonly always?: readonly Transition[];
  readonly on?: Readonly<Record<string, readonly Transition[]>>;
}

/** Makes the machine of a callflow: one state for each block and exit; only the names below, a closed set, occur in it. */
export function compile(callflow: Callflow, options: { readonly wordings: ReadonlyMap<string, Wordings> }): Flow {
  const states: Record<string, State> = {};
  for (const block of callflow.blocks.values()) states[block.name] = folded(stateOf(block, callflow));
  for (const exit of new Set([...Object.keys(callflow.exits), 'error']))
    states[exit] = { entry: [{ type: 'leave', params: { exit } }] };
  const machine = machineOf({ actions: ACTIONS, guards: MACHINE_GUARDS }).createMachine({
    context: ({ input }: { readonly input: Ride }): Context => ({ ride: input }),
    initial: callflow.start,
    states,
    options: { maxIterations: MOST_STEPS },
  });
  const verifies = [...callflow.blocks.values()].some((block) => block.verb === 'verify-code');
  const paths = new Map([...callflow.blocks.values()].map((block) => [block.name, pathsOf(block, callflow)]));
  return { callflow, ...options, machine, paths, verifies };
}

/** xstate's own types describe machines written in code. These states are data: their names are held by tests. */
const machineOf = setup as unknown as (implementations: object) => { createMachine(config: object): AnyStateMachine };

function pathsOf(block: Block, callflow: Callflow): Readonly<Record<string, string>> {
  return VERBS.get(block.verb)?.paths(block.body, { name: block.name, callflow }) ?? {};
}

function stateOf(block: Block, callflow: Callflow): State {
  const verb = VERBS.get(block.verb) as AnyVerb;
  const site: Site = { name: block.name, callflow };
  const paths = verb.paths(block.body, site);
  const { kind } = verb;
  const here = { block: block.name };
  const took = (path: string): readonly unknown[] => [{ type: 'took', params: { ...here, path } }];
  // A block that leads to itself begins anew.
  const to = (target: string, ...actions: readonly unknown[]): Transition => ({
    target,
    reenter: true,
    actions: ['take', ...actions, 'settle'],
  });
  const by = (path: string, ...actions: readonly unknown[]): Transition =>
    to(paths[path] ?? 'error', ...actions, ...took(path));
  const ways = (...actions: readonly unknown[]): Record<string, readonly Transition[]> => ({
    ...Object.fromEntries(Object.keys(paths).map((path) => [path, [by(path, ...actions)]])),
    '*': [to('error')],
  });
  switch (kind.does) {
    case 'say':
      return {
        entry: [{ type: 'say', params: here }],
        always: [by('next')],
      };
    case 'set': {
      const variables = kind.variables(block.body);
      const { locale } = variables;
      const language = locale === undefined ? [] : [{ type: 'language', params: { locale } }];
      return {
        entry: [{ type: 'set', params: { variables } }, ...language, ...forgetting(callflow, Object.keys(variables))],
        always: [by('next')],
      };
    }
    case 'decide': {
      const name = kind.variable(block.body);
      const branches = Object.entries(kind.values(block.body)).map(([value, path]) => ({
        guard: { type: 'variable-is', params: { name, value } },
        ...by(path),
      }));
      return { always: [...branches, by('otherwise')] };
    }
    case 'link':
      return { entry: [{ type: 'link', params: here }], on: ways() };
    case 'perform': {
      const blanks = kind.blanks?.(block.body);
      const clear = kind.clears === true ? ['forget', 'close-code'] : [];
      const afterwards = [
        ...(blanks === undefined ? [] : [{ type: 'blank', params: { name: blanks } }]),
        ...forgetting(callflow, kind.receives?.(block.body, site) ?? []),
      ];
      const because = callflow.settings['otp-nodes'] === undefined ? {} : (kind.because ?? {});
      const back = Object.entries(because).map(([path, why]) => {
        const actions = ['take', ...afterwards, { type: 'ask-because', params: { why } }, ...took(path)];
        return [path, [{ target: paths[path] ?? 'error', reenter: true, actions }]] as const;
      });
      return {
        entry: [...clear, { type: 'perform', params: here }],
        on: { ...ways(...afterwards), ...Object.fromEntries(back) },
      };
    }
    case 'listen': {
      const { silences, wrongKeys } = kind.limits(block.body, site);
      const saves = kind.saves?.(block.body);
      const forget = forgetting(callflow, verb.writes?.(block.body, site) ?? []);
      // A list of readings may be shorter than the one before it.
      const anew = saves === undefined ? [] : [{ type: 'blank', params: { name: saves } }];
      const again = (...actions: readonly unknown[]): Transition => ({ target: block.name, reenter: true, actions });
      // Without `settle`: the silences of this question go on being counted when the call comes back.
      const blank = {
        target: paths['next'] ?? 'error',
        reenter: true,
        actions: [...anew, 'count-silence', ...took('next')],
      } as const;
      const stillSilent = kind.submitsBlank?.(block.body, site) === true ? blank : again('count-silence');
      const shortcut = shortcutOf(callflow, block.name);
      const shortcuts = Object.entries(paths).map(([path, target]) => ({
        guard: { type: 'shortcut-is', params: { shortcut, path } },
        target,
        actions: [{ type: 'choose', params: { shortcut } }, 'settle', ...took(path)],
      }));
      return {
        entry: [{ type: 'ask', params: here }],
        ...(kind.shortcut === undefined ? {} : { always: shortcuts }),
        on: {
          ...ways(),
          ...(paths['next'] === undefined
            ? {}
            : { next: [{ ...by('next'), actions: [...anew, 'take', ...forget, 'settle', ...took('next')] }] }),
          silence: [
            { guard: { type: 'silences-left', params: { most: silences.most } }, ...stillSilent },
            to(silences.then, ...took('silences')),
          ],
          'wrong-key': [
            {
              guard: { type: 'wrong-keys-left', params: { most: wrongKeys.most } },
              ...again(...anew, 'take', ...forget, 'count-wrong-key'),
            },
            {
              ...to(wrongKeys.then),
              actions: [...anew, 'take', ...forget, 'settle', ...took('wrong-keys')],
            },
          ],
          again: [again('ask-again')],
          partial: [{ actions: ['take', { type: 'listen-on', params: here }] }],
        },
      };
    }
  }
}

/** Writing the account variable drops what was found for the account before, and its code. */
function forgetting(callflow: Callflow, written: readonly string[]): readonly unknown[] {
  return callflow.account !== null && written.includes(callflow.account) ? ['forget', 'close-code'] : [];
}

const nothing = (): void => {};
/** xstate wants to know their names; what they do is the ride's. */
const ACTIONS: Readonly<Record<Action['type'], () => void>> = {
  change: nothing,
  say: nothing,
  ask: nothing,
  'listen-on': nothing,
  perform: nothing,
  link: nothing,
  leave: nothing,
  took: nothing,
  'close-code': nothing,
  language: nothing,
};

/** The state with the changes of each transition folded into one. */
function folded(state: State): State {
  const transitions = (all: readonly Transition[]): readonly Transition[] =>
    all.map((each) => (each.actions === undefined ? each : { ...each, actions: foldedActions(each.actions) }));
  const { entry, always, on } = state;
  return {
    ...(entry === undefined ? {} : { entry: foldedActions(entry) }),
    ...(always === undefined ? {} : { always: transitions(always) }),
    ...(on === undefined
      ? {}
      : { on: Object.fromEntries(Object.entries(on).map(([event, all]) => [event, transitions(all)])) }),
  };
}

interface Context {
  readonly ride: Ride;
}

/** What a transition may depend on, besides where the machine stands and what it is told. */
const GUARDS = {
  'silences-left': ({ silences }: Facts, { most }: { most: number }) => silences + 1 < most,
  'wrong-keys-left': ({ wrongKeys }: Facts, { most }: { most: number }) => wrongKeys + 1 < most,
  'variable-is': (facts: Facts, { name, value }: { name: string; value: string }) => variablesOf(facts)[name] === value,
  'shortcut-is': (facts: Facts, { shortcut, path }: { shortcut: Shortcut; path: string }) =>
    shortcut(facts)?.path === path,
};

export type Guard = (facts: Facts, params: object) => boolean;

const MACHINE_GUARDS = Object.fromEntries(
  Object.entries(GUARDS).map(([name, guard]) => [
    name,
    ({ context: { ride } }: { readonly context: Context }, params: object) => ride.asks(guard as Guard, params),
  ]),
);

/** The path that a listening block takes without asking, if it does. */
export function shortcutOf(callflow: Callflow, blockName: string): Shortcut {
  const block = callflow.blocks.get(blockName);
  const kind = block === undefined ? undefined : VERBS.get(block.verb)?.kind;
  if (block === undefined || kind?.does !== 'listen') return () => null;
  // Asked once for each path of the block.
  let last: { readonly facts: Facts; readonly heard: ReturnType<Shortcut> } | null = null;
  return (facts) => {
    if (last?.facts === facts) return last.heard;
    const heard = kind.shortcut?.(block.body, { name: blockName, callflow, facts, test: false, locale: '' }) ?? null;
    last = { facts, heard: heard !== null && 'path' in heard ? heard : null };
    return last.heard;
  };
}
