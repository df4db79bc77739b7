import type { Facts } from '../call/session.ts';
import type { Action, Effect, FlowEvent, Guard } from './compile.ts';
import { changedBy } from './fact-changes.ts';

/**
 * One transition on its way: the facts as they change, and what is to be obeyed when it is over. Each guard and each
 * action sees the facts as those before it have left them.
 */
export class Ride {
  readonly effects: Effect[] = [];
  facts: Facts;
  private readonly event: FlowEvent;

  constructor(facts: Facts, event: FlowEvent) {
    this.facts = facts;
    this.event = event;
  }

  asks(guard: Guard, params: object): boolean {
    return guard(this.facts, params);
  }

  acts(action: Action): void {
    if (action.type === 'change') this.facts = changedBy(this.facts, this.event, action.params.all);
    else if (action.type === 'say') this.effects.push({ type: 'say', params: { ...action.params, facts: this.facts } });
    else this.effects.push(action);
  }
}

/** What happened on a ride, in its order. */
export type Happened =
  | { readonly guard: Guard; readonly params: object; readonly answer: boolean }
  | { readonly action: Action };

/** A ride that remembers what happened. */
export class FirstRide extends Ride {
  readonly happened: Happened[] = [];

  override asks(guard: Guard, params: object): boolean {
    const answer = super.asks(guard, params);
    this.happened.push({ guard, params, answer });
    return answer;
  }

  override acts(action: Action): void {
    this.happened.push({ action });
    super.acts(action);
  }
}
