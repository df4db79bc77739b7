import type { Plan } from '../core/call/render.ts';
import type { Waiting } from '../core/call/session.ts';
import type { Leave } from '../core/call/step.ts';
import type { Parts } from './parts.ts';

/** What a call that leaves says, and what it waits for from then on. */
export interface Leaving {
  readonly plan: Plan;
  readonly waiting: Waiting;
  readonly exit: { readonly callflow: string; readonly exit: string };
  /** Another application has the call from here on. */
  readonly away: boolean;
}

/** Where the call leaves to; one that is handed over gets the address of the other application. */
export async function leaving(
  leave: Leave,
  of: { readonly call: string; readonly nonce: string },
  parts: Pick<Parts, 'handover' | 'clock' | 'log'>,
): Promise<Leaving> {
  const { callflow, exit: path, unset, verified, spoken, way } = leave;
  const { call, nonce } = of;
  if (unset !== null) parts.log.error({ call, callflow, exit: unset }, 'an exit has no address: it is not set');
  const exit = { callflow, exit: path };
  const from = { call, path, verified, now: parts.clock.now() };
  const to =
    way.kind === 'hand-over' ? ({ kind: 'redirect', url: await parts.handover.address(way, from) } as const) : way;
  const putThrough = way.kind === 'dial' || way.kind === 'queue';
  return {
    plan: { kind: 'leave', spoken, way: to, reason: path, verified, nonce },
    waiting: putThrough ? { for: 'dial', exit } : { for: 'nothing' },
    exit,
    away: way.kind === 'hand-over',
  };
}
