import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { DialproofError } from '../../core/errors.ts';
import type { CallEvent, DialOutcome } from '../../telephone/call-events.ts';
import { httpLine } from '../../telephone/http-line.ts';
import type { KeyGroup } from '../../telephone/keys.ts';
import { playCallOver, type PlayedCallOver } from '../../telephone/player.ts';
import { scriptedCaller } from '../../telephone/scripted-caller.ts';
import type { Credentials } from './call-environment.ts';
import type { CallResult } from './call-result.ts';
import { askDemo, readDemoCall } from './demo-api.ts';
import { inbox, type Inbox } from './inbox.ts';
import { keyboardCaller, type Keyboard } from './keyboard-caller.ts';
import { printEntry, printInbox, type Output } from './screen.ts';
import { entryOf, transcriptWriter, type TranscriptEntry, type TranscriptWriter } from './transcript.ts';

/** A scripted call that makes more requests is going in circles. */
const MOST_REQUESTS = 200;
/** How long a Pause before a Redirect (the server holds the line) lasts at most, in real milliseconds. */
const LONGEST_HOLD_MS = 1_000;
const LAST_LOOK_MS = 5_000;

export interface CallPlan {
  readonly server: string;
  readonly publicUrl: string;
  readonly credentials: Credentials;
  readonly callflow: string;
  /** Query of the start request, without `?`. */
  readonly query: string;
  readonly from: string;
  readonly to: string;
  /** The exit that the call should end by. */
  readonly ends: string;
  readonly dialOutcome: DialOutcome;
  /** What is typed: a script, or a person's keyboard. */
  readonly caller:
    | { readonly kind: 'script'; readonly groups: readonly KeyGroup[] }
    | { readonly kind: 'keyboard'; readonly keyboard: Keyboard };
  /** Where the transcript is printed as the call goes on; null: nowhere. */
  readonly screen: Output | null;
  /** Ends the call early, as the caller. */
  readonly interrupt: AbortController;
}

/** Makes one call from beginning to end and reports its hang-up to the server, also when it is cut short. */
export async function runCall(plan: CallPlan): Promise<CallResult> {
  const call = `CA${randomBytes(16).toString('hex')}`;
  const { server, publicUrl, credentials, from, to } = plan;
  const { signal } = plan.interrupt;
  const line = httpLine({ server, publicUrl, ...credentials, callSid: call, from, to, newToken: randomUUID, signal });
  const mail = inbox({
    read: () => readDemoCall(server, call, signal),
    wait: (ms) => delay(ms, undefined, { signal }),
  });
  const transcript = transcriptWriter(printer(plan));
  const { caller, close } = callerOf(plan, mail);
  let requests = 0;
  try {
    const ended = await playCallOver(startUrl(plan), {
      dialOutcome: plan.dialOutcome,
      line: (request) => {
        requests += 1;
        if (plan.caller.kind === 'script' && requests > MOST_REQUESTS) throw endless();
        return line.request(request);
      },
      caller,
      observe: observer(transcript, mail, signal),
    });
    if (ended.by !== 'elsewhere') await line.hangUp();
  } catch (error) {
    // The call is over for the server too, if it can still be told.
    await line.hangUp().catch(() => undefined);
    if (!signal.aborted) throw error;
    transcript.add({ kind: 'ended', by: 'caller' });
  } finally {
    close();
  }
  return { ...(await outcome(plan, call)), call, requests, transcript: transcript.entries };
}

function startUrl({ publicUrl, callflow, query }: CallPlan): string {
  const url = `${publicUrl.replace(/\/+$/, '')}/voice/${encodeURIComponent(callflow)}`;
  return query === '' ? url : `${url}?${query}`;
}

/** Prints entries as they come, but not the keys that a keyboard has echoed already. */
function printer({ screen, caller }: CallPlan): (entry: TranscriptEntry) => void {
  return (entry) => {
    const echoed = caller.kind === 'keyboard' && (entry.kind === 'pressed' || entry.kind === 'silent');
    if (screen !== null && !echoed) printEntry(screen, entry);
  };
}

function callerOf(plan: CallPlan, mail: Inbox): { caller: PlayedCallOver['caller']; close: () => void } {
  const { caller, interrupt, screen } = plan;
  if (caller.kind === 'script') return { caller: scriptedCaller(caller.groups, mail.codes), close: () => undefined };
  return keyboardCaller({
    keyboard: caller.keyboard,
    screen,
    interrupt,
    monotonic: () => performance.now(),
    showInbox: async () => {
      if (screen !== null) printInbox(screen, await mail.all());
    },
  });
}

function observer(transcript: TranscriptWriter, mail: Inbox, signal: AbortSignal) {
  return async (event: CallEvent): Promise<void> => {
    transcript.observe(event);
    if (event.kind === 'listening') {
      for (const message of await mail.arrivals()) transcript.add(entryOf(message));
    }
    if (event.kind === 'paused' && event.beforeRedirect) {
      await delay(Math.min(event.seconds * 1000, LONGEST_HOLD_MS), undefined, { signal });
    }
  };
}

async function outcome(plan: CallPlan, call: string) {
  const { demo, call: seen } = await askDemo(plan.server, call, AbortSignal.timeout(LAST_LOOK_MS));
  const exit = seen?.exit ?? null;
  return {
    callflow: plan.callflow,
    demo,
    exit,
    ends: plan.ends,
    asExpected: exit === plan.ends,
    sends: seen?.sends ?? null,
    attempts: seen?.attempts ?? null,
  };
}

function endless(): DialproofError {
  return new DialproofError('call-endless', `The call was still going after ${MOST_REQUESTS} requests.`, {
    fix: 'The callflow may be going in circles: read the end of the transcript.',
  });
}
