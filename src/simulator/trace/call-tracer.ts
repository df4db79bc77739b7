import { speechMs } from '../../core/call/speech-time.ts';
import { transcript, type DialTarget } from '../../core/call/verbs.ts';
import { masked } from '../../core/verification/mask.ts';
import type { CallEvent } from '../../telephone/call-events.ts';
import type { Happened } from '../record.ts';
import { stepText } from '../step-text.ts';
import type { Mask } from './mask.ts';
import type { TracedCall, TraceEvent, TraceEventOf } from './trace-schema.ts';

/** Makes the trace of one call out of what happened in it, in the order in which it did. */
export class CallTracer {
  private readonly events: TraceEvent[] = [];
  private counters: TracedCall['counters'] = null;
  /** All keys of the call as they may be shown: a code may be typed ahead, over several questions. */
  private readonly keys: readonly string[];
  private pressed = 0;
  private pressedSinceTurn = 0;
  private turn: TraceEventOf<'turn'> | null = null;
  private awaiting: TraceEventOf<'turn'> | TraceEventOf<'fallback'> | null = null;
  private listens: TraceEventOf<'listens'> | null = null;
  private now = 0;
  private readonly mask: Mask;

  constructor(mask: Mask, keys: readonly string[]) {
    this.mask = mask;
    this.keys = mask.keys(keys);
  }

  get call(): TracedCall {
    return { lasted: this.now, counters: this.counters, events: this.events };
  }

  take(happened: Happened): void {
    if (happened.kind === 'line') {
      this.line(happened.event, happened.prompts ?? []);
      return;
    }
    // What is done at a question is done when its prompts are over.
    const at = (this.now = Math.max(this.now, happened.at));
    switch (happened.kind) {
      case 'reply':
        if (this.awaiting !== null) {
          this.awaiting.reply = this.mask.text(happened.reply.body);
          this.awaiting.ms = happened.ms;
        }
        return;
      case 'took':
        this.turn?.paths.push(happened.taken);
        return;
      case 'sum':
        this.counters = happened.sum;
        return;
      case 'got':
        this.events.push({ kind: 'arrived', at, method: happened.method });
        return;
      case 'later':
        this.events.push({ kind: 'later', at, ms: happened.ms });
        return;
      case 'fallback':
        this.events.push((this.awaiting = { kind: 'fallback', at, code: happened.code, ms: 0, reply: null }));
        return;
      case 'fault':
        this.events.push({ kind: 'fault', at, reason: this.mask.text(happened.reason) });
        return;
      case 'step':
        this.events.push({
          kind: 'step',
          at,
          index: happened.index,
          text: this.mask.text(stepText(happened.step)),
        });
        return;
      case 'repeated':
      case 'locked-elsewhere':
        this.events.push({ kind: happened.kind, at });
        return;
      case 'redialled':
    }
  }

  private line(event: CallEvent, prompts: readonly string[]): void {
    const { at } = event;
    if (event.kind !== 'pressed' && event.kind !== 'spoke') this.stopListening(at);
    switch (event.kind) {
      case 'request':
        this.request(event);
        break;
      case 'said': {
        const { parts } = event.utterance;
        const to = at + speechMs(parts);
        this.events.push({ kind: 'said', at, to, prompts: [...prompts], text: this.mask.text(transcript(parts)) });
        break;
      }
      case 'paused':
        this.events.push({ kind: 'paused', at, to: at + event.seconds * 1000 });
        break;
      case 'listening':
        this.listens = { kind: 'listens', at: event.promptsEnd, to: event.promptsEnd, answered: false };
        this.events.push(this.listens);
        this.now = Math.max(this.now, event.promptsEnd);
        break;
      case 'pressed':
        if (event.cut !== undefined) this.cutPrompts(at);
        if (this.listens !== null) this.listens.answered = true;
        this.events.push({ kind: 'pressed', at, key: this.keys[this.pressed] ?? '' });
        this.pressed += 1;
        break;
      case 'spoke':
        if (this.listens !== null) this.listens.answered = true;
        this.events.push({ kind: 'spoke', at, words: this.mask.text(event.words) });
        break;
      case 'dialled':
        this.events.push({ kind: 'dialled', at, to: this.target(event.to), outcome: event.outcome });
        break;
      case 'queued':
        this.events.push({ kind: 'queued', at, queue: this.mask.text(event.queue), result: event.result });
        break;
      case 'ended':
        this.events.push({ kind: 'ended', at, by: event.by });
        break;
      case 'unanswered':
    }
    this.now = event.kind === 'pressed' && event.cut !== undefined ? at : Math.max(this.now, at);
  }

  private request(event: Extract<CallEvent, { readonly kind: 'request' }>): void {
    const { at, url, digits, finishedOnKey, words, dialled, queued } = event;
    const keys = this.keys.slice(this.pressedSinceTurn, this.pressed);
    this.pressedSinceTurn = this.pressed;
    this.turn = {
      kind: 'turn',
      at,
      ms: 0,
      url: this.mask.text(url),
      ...(digits === undefined ? {} : { digits: (finishedOnKey === true ? keys.slice(0, -1) : keys).join('') }),
      ...(words === undefined ? {} : { words: this.mask.text(words) }),
      ...(dialled === undefined ? {} : { dialled }),
      ...(queued === undefined ? {} : { queued }),
      paths: [],
      reply: null,
    };
    this.awaiting = this.turn;
    this.events.push(this.turn);
  }

  private stopListening(at: number): void {
    if (this.listens !== null) this.listens.to = Math.max(this.listens.at, at);
    this.listens = null;
  }

  /** A key ends what is being said, and what would have come after it is not said at all. */
  private cutPrompts(at: number): void {
    if (this.listens !== null) this.listens.at = this.listens.to = at;
    for (const event of this.events) {
      if ((event.kind !== 'said' && event.kind !== 'paused') || event.to <= at) continue;
      event.at = Math.min(event.at, at);
      event.to = at;
      event.cut = true;
    }
  }

  private target(to: DialTarget): string {
    return to.kind === 'number' ? masked(to.number) : this.mask.text(to.uri);
  }
}
