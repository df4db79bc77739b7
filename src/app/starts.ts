import type { Callflow } from '../core/callflow/callflow.ts';
import type { Incoming } from '../core/call/input.ts';
import type { TurnKey } from '../core/call/session.ts';
import type { Parts } from './parts.ts';
import type { Opening } from './turn.ts';
import type { FailedWebhook, Start, Webhook } from './webhook.ts';

export interface StartRules {
  readonly isTestNumber: (to: string) => boolean;
  /** Which callflows are started: those with a section `sign-in` are for the web only, all others for the telephone. */
  readonly channel?: 'voice' | 'web';
}

/** What starts of calls mean: which turn they claim, and with what. */
export class Starts {
  private readonly parts: Parts;
  private readonly rules: StartRules;

  constructor(parts: Parts, rules: StartRules) {
    this.parts = parts;
    this.rules = rules;
  }

  /** Null where no call, or nothing that could be a callflow, is named. */
  openingOf({ callflow, query: unsorted }: Start, { call }: Webhook): Opening | null {
    if (call === '' || !NAME.test(callflow)) return null;
    const library = this.parts.libraries.newest;
    const flow = library.flow(callflow);
    const query = unsorted.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const key: TurnKey = { kind: 'start', callflow, query: JSON.stringify(query) };
    // A callflow that was taken away opens nothing, but the calls that began with it may ask for their replies.
    if (flow === undefined || !this.isOfChannel(flow.callflow)) return { call, key, fault: true };
    const variables = Object.fromEntries(
      query.filter(([name]) => flow.callflow.inputs.includes(name) && isSingle(query, name)),
    );
    return { call, key, start: { callflow, variables }, library };
  }

  /** What a start is claimed with: whoever takes it over opens the same kind of call. */
  startOf({ to, from, token }: Webhook): Incoming {
    const known = { ...(from === '' ? {} : { from }), ...(token === '' ? {} : { token }) };
    return { type: 'start', test: this.rules.isTestNumber(to), to, ...known };
  }

  /** The request that a fallback stands for, if it is one of ours. */
  repeatedBy(
    names: FailedWebhook['names'],
    webhook: Webhook,
  ): { readonly opening: Opening; readonly incoming: Incoming } | null {
    switch (names.kind) {
      case 'turn':
        return { opening: { call: webhook.call, key: names }, incoming: webhook.incoming };
      case 'start': {
        const opening = this.openingOf(names.start, webhook);
        return opening && { opening, incoming: this.startOf(webhook) };
      }
      case 'recording':
      case 'other':
        return null;
    }
  }

  private isOfChannel({ signIn }: Callflow): boolean {
    const { channel = 'voice' } = this.rules;
    return (signIn !== null) === (channel === 'web');
  }
}

/** The name as it may be written down: it comes from outside, and only what could be one is. */
export function writtenName(callflow: string): string {
  return NAME.test(callflow) ? callflow : 'unreadable';
}

/** A parameter that is given twice counts as absent: nobody can say which of the two was meant. */
function isSingle(query: Start['query'], name: string): boolean {
  return query.filter(([each]) => each === name).length === 1;
}

const NAME = /^[a-z0-9-]{1,64}$/;
