/** The voice platform in real time: one call of a phone, from the first request to the hang-up. */
import { setTimeout as delay } from 'node:timers/promises';
import { transcript, type DialTarget } from '../../src/core/call/verbs.ts';
import type { CallEvent, DialOutcome, Listening, Presses } from '../../src/telephone/call-events.ts';
import { openGather, pressKey, type KeyPress } from '../../src/telephone/gather.ts';
import type { HttpLine } from '../../src/telephone/http-line.ts';
import { playCallOver } from '../../src/telephone/player.ts';
import { silence, type RtpStream, type Span } from './rtp-stream.ts';
import { fetchRecording, speak } from './voice.ts';

export interface PlatformCall {
  /** Where the call begins. */
  readonly url: string;
  readonly line: HttpLine;
  /** The audio to and from the caller. */
  readonly stream: RtpStream;
  /** Fires when the caller has hung up. */
  readonly ended: AbortSignal;
  /** Puts the caller through, and resolves when that is over. */
  readonly dial: (to: DialTarget) => Promise<DialOutcome>;
  /** A question listens; `spoken` resolves when its prompts are over. */
  readonly onListening: (listening: Listening, spoken: Promise<unknown>) => void;
}

/** One prompt, and when the caller heard it. */
export interface Prompt extends Span {
  readonly words: string;
  /** A key has cut it short. */
  readonly cut: boolean;
}

export interface PlatformReport {
  readonly endedBy: 'caller' | 'line';
  readonly dialled: DialOutcome | null;
  readonly prompts: readonly Prompt[];
}

interface Waiting {
  readonly words: string;
  readonly audio: Promise<Buffer>;
}

/** Obeys the documents of the server until it or the caller hangs up. */
export async function playPlatform(call: PlatformCall): Promise<PlatformReport> {
  const { line, stream, ended } = call;
  const prompts: Prompt[] = [];
  let dialled: DialOutcome | null = null;
  let waiting: Waiting[] = [];

  const play = async (queue: readonly Waiting[], signal: AbortSignal): Promise<void> => {
    for (const { words, audio } of queue) {
      const sound = await audio;
      if (signal.aborted) return;
      const span = await stream.play(sound, signal);
      if (words !== '') prompts.push({ words, ...span, cut: signal.aborted });
    }
  };
  const playWaiting = async (): Promise<void> => {
    const queue = waiting;
    waiting = [];
    await play(queue, ended);
    ended.throwIfAborted();
  };
  const observe = async (event: CallEvent): Promise<void> => {
    if (event.kind === 'said') waiting.push(promptOf(event));
    else if (event.kind === 'paused') waiting.push({ words: '', audio: Promise.resolve(silence(event.seconds)) });
    // What a Gather has nested was told of before it: it is played while it listens.
    else if (event.kind !== 'listening') await playWaiting();
    if (event.kind === 'dialled') dialled = await call.dial(event.to);
  };
  const caller = async (listening: Listening): Promise<Presses> => {
    const nested = waiting.splice(waiting.length - listening.gather.spoken.length);
    await playWaiting();
    return listen(listening, { stream, ended, play: (signal) => play(nested, signal), onListening: call.onListening });
  };
  try {
    await playCallOver(call.url, {
      line: (request) =>
        line.request(request.dialled === undefined ? request : { ...request, dialled: dialled ?? 'failed' }),
      caller,
      observe,
    });
  } catch (error) {
    if (!ended.aborted) throw error;
  } finally {
    await line.hangUp();
  }
  return { endedBy: ended.aborted ? 'caller' : 'line', dialled, prompts };
}

interface Question {
  readonly stream: RtpStream;
  readonly ended: AbortSignal;
  /** Plays what is nested in the Gather. */
  readonly play: (signal: AbortSignal) => Promise<void>;
  readonly onListening: PlatformCall['onListening'];
}

/**
 * One Gather in real time: its rules are those of gather.ts. The walk has a clock of its own on which prompts last as
 * long as is estimated; what is pressed is told on that clock, from the end of the prompts or from their cutting.
 */
async function listen(listening: Listening, { stream, ended, play, onListening }: Question): Promise<Presses> {
  const { gather } = listening;
  const keys: KeyPress[] = [];
  const heard: string[] = [];
  let wake = new AbortController();
  stream.onKey = (key) => {
    heard.push(key);
    wake.abort();
  };
  try {
    const playing = play(AbortSignal.any([wake.signal, ended]));
    onListening(listening, playing);
    await playing;
    const at = heard.length === 0 ? listening.promptsEnd : listening.at;
    const offset = at - performance.now();
    const now = (): number => performance.now() + offset;
    let open = openGather(gather, { at, promptsMs: 0 });
    for (;;) {
      if (heard.length === 0) await sleep(open.deadline - now(), AbortSignal.any([wake.signal, ended]));
      ended.throwIfAborted();
      wake = new AbortController();
      const key = heard.shift();
      if (key === undefined) return { keys };
      // A timer that fires late must not turn a heard key into a late one.
      const press = { key, at: Math.min(now(), open.deadline - 1) };
      keys.push(press);
      const next = pressKey(gather, open, press);
      if (next.kind !== 'open') return { keys };
      open = next;
    }
  } finally {
    stream.onKey = () => undefined;
  }
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined);
}

function promptOf({ utterance, recording }: CallEvent & { readonly kind: 'said' }): Waiting {
  const words = transcript(utterance.parts);
  const audio = recording === undefined ? speak(words, utterance.language) : fetchRecording(recording);
  // It may be cut short before anybody waits for it.
  audio.catch(() => undefined);
  return { words: recording === undefined ? words : `♪ ${words}`, audio };
}
