/**
 * Plays the voice platform for a whole call: `playCall` with a responder in this process, `playCallOver` with one that
 * takes its time, such as a server behind HTTP. Neither has timers: time is virtual, in milliseconds.
 */
import type { CallEnded, CallEvent, Document, LineRequest, Listening, Presses } from './call-events.ts';
import { walkCall, type CallOptions } from './walk.ts';

export interface PlayedCall extends CallOptions {
  readonly line: (request: LineRequest) => Document;
  readonly caller: (listening: Listening) => Presses;
  readonly observe?: (event: CallEvent) => void;
}

/** Plays a whole call at once, from the request to `url` to its end. */
export function playCall(url: string, call: PlayedCall): CallEnded {
  const walk = walkCall(url, call);
  for (let step = walk.next(); ;) {
    if (step.done === true) return step.value;
    const event = step.value;
    call.observe?.(event);
    if (event.kind === 'request') step = walk.next({ document: call.line(event) });
    else if (event.kind === 'listening') step = walk.next({ presses: call.caller(event) });
    else step = walk.next();
  }
}

export interface PlayedCallOver extends CallOptions {
  readonly line: (request: LineRequest) => Promise<Document>;
  readonly caller: (listening: Listening) => Promise<Presses>;
  readonly observe?: (event: CallEvent) => void | Promise<void>;
  /** Whether the caller hangs up while the line is held. */
  readonly leaves?: () => boolean;
}

/** As `playCall`, with a line, a caller and an observer that take their time. */
export async function playCallOver(url: string, call: PlayedCallOver): Promise<CallEnded> {
  const walk = walkCall(url, call);
  for (let step = walk.next(); ;) {
    if (step.done === true) return step.value;
    const event = step.value;
    // Most observers take no time: whoever returns nothing is not waited for.
    const observed = call.observe?.(event);
    if (observed !== undefined) await observed;
    if (event.kind === 'request') step = walk.next({ document: await call.line(event) });
    else if (event.kind === 'listening') step = walk.next({ presses: await call.caller(event) });
    else if (event.kind === 'paused' && event.beforeRedirect) step = walk.next({ leaves: call.leaves?.() === true });
    else step = walk.next();
  }
}
