import type { DialTarget, Gather, Listen, Spoken, Utterance, Verb } from './verbs.ts';
import type { Way } from './way.ts';

/** What a reply tells the platform. Nonces become links; how a link looks is the channel's business. */
export type Plan =
  | {
      readonly kind: 'ask';
      readonly spoken: readonly Utterance[];
      readonly listen: Listen;
      /** The last entry ended by its number of keys, so a trailing `#` may fall into this document. */
      readonly leftover: boolean;
      readonly nonce: string;
    }
  /** A task is still running: the line is held. */
  | { readonly kind: 'hold'; readonly spoken: readonly Utterance[]; readonly nonce: string }
  | {
      readonly kind: 'leave';
      readonly spoken: readonly Utterance[];
      /** `redirect`: to another application, which has the call from then on. */
      readonly way: Exclude<Way, { readonly kind: 'hand-over' }> | { readonly kind: 'redirect'; readonly url: string };
      readonly reason: string;
      readonly verified: boolean;
      readonly nonce: string;
    }
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'hang-up'; readonly spoken: readonly Utterance[] };

export interface Links {
  /** Absolute URL of the turn with this nonce. */
  turn(nonce: string): string;
  /** The same, marked as the caller's silence. */
  silence(nonce: string): string;
  /** Absolute URL of a start. */
  start(callflow: string, query: readonly (readonly [name: string, value: string])[]): string;
  /** Absolute URL of a recording (`Utterance.audio`); null where it is not at hand, and its text is spoken. */
  audio(path: string): string | null;
}

/** The same links for a call to which no recordings are played. */
export function inWords(links: Links): Links {
  return { ...links, audio: () => null };
}

/** Seconds: a longer wait is several Gathers of this, so that slow typists keep a short time between keys. */
export const SLICE = 5;
/** Seconds between two questions whether a held task is done. */
const HOLD = 1;

/** The verbs of a plan: every prompt inside its Gather, and after the Gathers the Redirect that says "silence". */
export function toVerbs(plan: Plan, links: Links): readonly Verb[] {
  switch (plan.kind) {
    case 'ask':
      return [...gathers(plan, links), { verb: 'redirect', url: links.silence(plan.nonce) }];
    case 'hold':
      return [
        ...spoken(plan, links),
        { verb: 'pause', seconds: HOLD },
        { verb: 'redirect', url: links.turn(plan.nonce) },
      ];
    case 'redirect':
      return [{ verb: 'redirect', url: plan.url }];
    case 'hang-up':
      return [...spoken(plan, links), { verb: 'hangup' }];
    case 'leave':
      return [...spoken(plan, links), way(plan, links)];
  }
}

function gathers(plan: Extract<Plan, { kind: 'ask' }>, links: Links): Verb[] {
  const { keys, finishOnKey, speech, wait, form } = plan.listen;
  const seconds = Math.max(1, Math.ceil(wait / 1000));
  const slices = plan.leftover ? 1 : Math.ceil(seconds / SLICE);
  const first: Gather = {
    verb: 'gather',
    action: links.turn(plan.nonce),
    ...(keys === null ? {} : { numDigits: keys }),
    timeout: Math.min(seconds, SLICE),
    finishOnKey,
    ...(speech === undefined ? {} : { speech }),
    spoken: spoken(plan, links),
  };
  const gathers: Verb[] = [form === undefined ? first : { ...first, form }];
  while (gathers.length < slices) gathers.push({ ...first, spoken: [] });
  return gathers;
}

function way({ way: leaves, verified, reason, nonce }: Extract<Plan, { kind: 'leave' }>, links: Links): Verb {
  switch (leaves.kind) {
    case 'hang-up':
      return { verb: 'hangup' };
    case 'dial': {
      const headers = { 'X-Verified': String(verified), 'X-Reason': reason };
      return { verb: 'dial', to: dialTarget(leaves.to, headers), action: links.turn(nonce) };
    }
    case 'queue':
      return { verb: 'enqueue', queue: leaves.queue, action: links.turn(nonce) };
    case 'redirect':
      return { verb: 'redirect', url: leaves.url };
  }
}

/** A number, or a SIP address, which also receives the headers. */
export function dialTarget(to: string, headers: Readonly<Record<string, string>>): DialTarget {
  return /^sips?:/i.test(to) ? { kind: 'sip', uri: to, headers } : { kind: 'number', number: to };
}

function spoken(plan: { readonly spoken: readonly Utterance[] }, links: Links): readonly Spoken[] {
  return plan.spoken.map((utterance) => {
    const url = utterance.audio === undefined ? null : links.audio(utterance.audio);
    return url === null ? { verb: 'say', utterance } : { verb: 'play', url, utterance };
  });
}
