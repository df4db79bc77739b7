/**
 * A code that is reported not to have arrived (docs/protocol.md, "Delivery reports"): the caller's next silence, star or
 * wrong code, where the code is asked for, leads back to the block that sent it, as if it had failed there.
 */
import type { Callflow } from '../callflow/callflow.ts';
import type { FlowEvent } from '../callflow/compile.ts';
import { without } from '../callflow/facts.ts';
import { triedIn } from '../callflow/secrets.ts';
import type { Frame, Sender, TaskResult } from './session.ts';
import type { Standing } from './standing.ts';

/** Who sent the newest code once a task has ended; a send that failed leaves nobody to go back to. */
export function senderAfter(
  result: TaskResult,
  at: { readonly here: Standing; readonly frame: number; readonly before: Sender | null },
): Sender | null {
  const { sends } = at.here.block('perform').kind;
  if (sends === undefined) return at.before;
  return result.path === sends.sent ? { frame: at.frame, block: at.here.frame.block } : null;
}

/** Whether the caller says, where a code is asked for, that there is none. */
export function missesCode(event: FlowEvent, here: Standing): boolean {
  if (event.type !== 'silence' && event.type !== 'star') return false;
  const { body, kind } = here.block('listen');
  const saved = kind.saves?.(body);
  return saved !== undefined && triedIn(here.flow.callflow).has(saved);
}

/** Whether a task has found the code to be wrong, and the caller could go on. */
export function wasWrong(result: TaskResult, here: Standing): boolean {
  return here.block('perform').kind.wrong?.includes(result.path) === true;
}

/** A frame back at the block that sent; what was entered as a code is forgotten, as it is after each try. */
export function backAt(frame: Frame, block: string, callflow: Callflow): Frame {
  const { facts } = frame;
  const variables = [...triedIn(callflow)].reduce((kept, name) => without(name, kept), facts.variables);
  return { ...frame, block, facts: { ...facts, variables } };
}
