import { createActor, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import type { Facts } from '../call/session.ts';
import type { Effect, FlowEvent } from './compile.ts';

/** Where a machine stands after a transition, and the effects that are now to be obeyed, in their order. */
export type Transit = readonly [AnyMachineSnapshot, readonly Effect[]];

type Scope = Parameters<AnyStateMachine['transition']>[2];

/**
 * What xstate's own `transition` and `initialTransition` do, with one scope for each machine instead of one for each
 * call: to make an actor, which is never started, takes three times as long as the transition itself
 * (`bench/turns.ts`). Nothing of a call is kept in it.
 */
class Desk {
  private readonly machine: AnyStateMachine;
  private readonly scope: Scope;
  private readonly standing = new Map<string, AnyMachineSnapshot>();
  private effects: Effect[] = [];

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    const self = createActor(machine);
    const nothing = (): void => {};
    this.scope = {
      self,
      id: '',
      sessionId: '',
      system: self.system,
      logger: nothing,
      defer: nothing,
      stopChild: nothing,
      emit: nothing,
      actionExecutor: (action) => void this.effects.push(action as unknown as Effect),
    };
  }

  enter(facts: Facts): Transit {
    return this.noting(() => {
      const snapshot = this.machine.getInitialSnapshot(this.scope, facts);
      if (snapshot.status === 'error') throw snapshot.error;
      return snapshot;
    });
  }

  tell(block: string, facts: Facts, event: FlowEvent): Transit {
    const at = this.at(block);
    // Of what `resolveState` makes, only this is the call's own; a transition makes a snapshot anew.
    at.context = { facts };
    return this.noting(() => this.machine.transition(at, event, this.scope));
  }

  private at(block: string): AnyMachineSnapshot {
    const known = this.standing.get(block) ?? this.machine.resolveState({ value: block, context: {} });
    this.standing.set(block, known);
    return known;
  }

  private noting(transit: () => AnyMachineSnapshot): Transit {
    this.effects = [];
    return [transit(), this.effects];
  }
}

const desks = new WeakMap<AnyStateMachine, Desk>();

function deskOf(machine: AnyStateMachine): Desk {
  const desk = desks.get(machine) ?? new Desk(machine);
  desks.set(machine, desk);
  return desk;
}

/** Enters a machine at its start. @throws whatever goes wrong on the way */
export function enter(machine: AnyStateMachine, facts: Facts): Transit {
  return deskOf(machine).enter(facts);
}

/** Tells a machine that stands at a block what has happened. @throws whatever goes wrong on the way */
export function tell(
  machine: AnyStateMachine,
  at: { readonly block: string; readonly facts: Facts },
  event: FlowEvent,
): Transit {
  return deskOf(machine).tell(at.block, at.facts, event);
}
