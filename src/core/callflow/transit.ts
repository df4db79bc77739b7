import { createActor, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate';
import type { Facts } from '../call/session.ts';
import type { Action, Effect, FlowEvent } from './compile.ts';
import { extended, travelled, type Course } from './course.ts';
import { FirstRide, Ride } from './ride.ts';

/** Where a machine stands after a transition, and what is now to be obeyed, in its order. */
export interface Transit {
  readonly block: string;
  readonly facts: Facts;
  readonly effects: readonly Effect[];
}

type Scope = Parameters<AnyStateMachine['transition']>[2];
type Executed = Action & { readonly info: { readonly context: { readonly ride: Ride } } };

/** What a machine is told when it is entered; as xstate calls it. */
const ENTERED: FlowEvent = { type: 'xstate.init' };

/**
 * What xstate's own `transition` and `initialTransition` do, with one scope for each machine instead of one for each
 * call: to make an actor, which is never started, takes three times as long as the transition itself. Where a machine
 * comes to depends on where it stands, what it is told and what its guards answer, on nothing else: what xstate has once
 * decided is remembered as a course, and the next call that is told the same travels it (`bench/simulator.ts`). Nothing
 * of a call is kept.
 */
class Desk {
  private readonly machine: AnyStateMachine;
  private readonly scope: Scope;
  private readonly standing = new Map<string, AnyMachineSnapshot>();
  /** By the block where the machine stands, `''` before it is entered, and by what it is told. */
  private readonly courses = new Map<string, Map<string, Course>>();

  constructor(machine: AnyStateMachine) {
    this.machine = machine;
    const self = createActor(machine, { input: new Ride({} as Facts, ENTERED) });
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
      actionExecutor: ({ type, params, info }) =>
        (info as unknown as Executed['info']).context.ride.acts({ type, params } as Action),
    };
  }

  enter(facts: Facts): Transit {
    return this.travel('', { facts, event: ENTERED }, (ride) => {
      const snapshot = this.machine.getInitialSnapshot(this.scope, ride);
      if (snapshot.status === 'error') throw snapshot.error;
      return snapshot;
    });
  }

  tell(block: string, facts: Facts, event: FlowEvent): Transit {
    return this.travel(block, { facts, event }, (ride) => {
      const at = this.at(block);
      // Of what `resolveState` makes, only this is the call's own; a transition makes a snapshot anew.
      at.context = { ride };
      return this.machine.transition(at, event, this.scope);
    });
  }

  private travel(
    block: string,
    { facts, event }: { readonly facts: Facts; readonly event: FlowEvent },
    decide: (ride: Ride) => AnyMachineSnapshot,
  ): Transit {
    const courses = this.courses.get(block) ?? new Map<string, Course>();
    const known = courses.get(event.type);
    const before = known && travelled(known, facts, event);
    if (before) return before;
    const ride = new FirstRide(facts, event);
    const end = String(decide(ride).value);
    courses.set(event.type, extended(known, ride.happened, end));
    this.courses.set(block, courses);
    return { block: end, facts: ride.facts, effects: ride.effects };
  }

  private at(block: string): AnyMachineSnapshot {
    const known = this.standing.get(block) ?? this.machine.resolveState({ value: block, context: {} });
    this.standing.set(block, known);
    return known;
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
