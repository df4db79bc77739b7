/**
 * Gather's rules: the one copy, on virtual time (milliseconds). One timer, which starts after the nested prompts and
 * again at each key; a key cuts the prompts short; an empty result makes no request. Source: Twilio's documentation
 * of <Gather>, in the subset that SignalWire, Telnyx and Somleng share.
 */
import type { Gather } from '../core/call/verbs.ts';

/** What decides when a Gather ends; a `Gather` verb is one. */
export type GatherRules = Pick<Gather, 'numDigits' | 'timeout' | 'finishOnKey'>;

/** One key of the telephone, `0`-`9`, `*` or `#`, and when it was pressed. */
export interface KeyPress {
  readonly key: string;
  readonly at: number;
}

/** A Gather that listens: a key before `deadline` is heard. */
export interface OpenGather {
  readonly kind: 'open';
  readonly digits: string;
  readonly deadline: number;
}

export type GatherEnd =
  /** The keys go to the action URL, without the finish key. */
  | { readonly kind: 'digits'; readonly digits: string; readonly at: number; readonly finishedOnKey: boolean }
  /** Silence or a bare finish key: no request, and the verb after Gather runs. */
  | { readonly kind: 'empty'; readonly at: number };

/** When the Gather began, and how long its prompts last. */
export interface GatherStart {
  readonly at: number;
  readonly promptsMs: number;
}

export function openGather(rules: GatherRules, start: GatherStart): OpenGather {
  return { kind: 'open', digits: '', deadline: start.at + start.promptsMs + rules.timeout * 1000 };
}

/** Hears one key, which must come before the deadline. */
export function pressKey(rules: GatherRules, open: OpenGather, press: KeyPress): OpenGather | GatherEnd {
  if (press.key === rules.finishOnKey) return ended(open.digits, press.at, true);
  const digits = open.digits + press.key;
  if (digits.length === rules.numDigits) return ended(digits, press.at, false);
  return { kind: 'open', digits, deadline: press.at + rules.timeout * 1000 };
}

/** The timer has run out: keys pressed so far are submitted. */
export function timeOut(open: OpenGather): GatherEnd {
  return ended(open.digits, open.deadline, false);
}

function ended(digits: string, at: number, finishedOnKey: boolean): GatherEnd {
  return digits === '' ? { kind: 'empty', at } : { kind: 'digits', digits, at, finishedOnKey };
}

export interface GatherRun {
  readonly end: GatherEnd;
  /** The keys this Gather heard, the finish key included. */
  readonly heard: readonly KeyPress[];
  /** Keys that come later than its end: for whatever listens then. Keys from before its beginning are lost. */
  readonly later: readonly KeyPress[];
}

/** Runs a Gather to its end; `presses` are in order of time. */
export function runGather(rules: GatherRules, start: GatherStart, presses: readonly KeyPress[]): GatherRun {
  const first = presses.findIndex((press) => press.at >= start.at);
  const audible = first === -1 ? [] : presses.slice(first);
  let state = openGather(rules, start);
  for (const [index, press] of audible.entries()) {
    if (press.at >= state.deadline)
      return { end: timeOut(state), heard: audible.slice(0, index), later: audible.slice(index) };
    const next = pressKey(rules, state, press);
    if (next.kind !== 'open') return { end: next, heard: audible.slice(0, index + 1), later: audible.slice(index + 1) };
    state = next;
  }
  return { end: timeOut(state), heard: audible, later: [] };
}
