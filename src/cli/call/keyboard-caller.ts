import { openGather, pressKey, type KeyPress } from '../../telephone/gather.ts';
import type { Listening, Presses } from '../../telephone/call-events.ts';
import { label, type Output } from './screen.ts';

/** A terminal's input. */
export type Keyboard = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  readonly setRawMode?: (raw: boolean) => unknown;
};

export interface KeyboardOptions {
  readonly keyboard: Keyboard;
  /** Where keys are echoed; null: nowhere. */
  readonly screen: Output | null;
  readonly showInbox: () => Promise<void>;
  /** Fired by Ctrl-C, and ends a question that is being listened to. */
  readonly interrupt: AbortController;
  /** Milliseconds of a clock that is never set back. */
  readonly monotonic: () => number;
}

export interface KeyboardCaller {
  readonly caller: (listening: Listening) => Promise<Presses>;
  /** Gives the terminal back. */
  readonly close: () => void;
}

/**
 * A person at the keyboard: 0-9, * and # are keys of the telephone, Enter lets the Gather's timer run out now, `?` shows
 * the inbox, Ctrl-C hangs up. What is typed while nobody listens falls into the next question, as a trailing # does.
 */
export function keyboardCaller(options: KeyboardOptions): KeyboardCaller {
  const { keyboard, interrupt } = options;
  let early: string[] = [];
  let question: Question | null = null;

  const onData = (chunk: Buffer | string): void => {
    const text = chunk.toString();
    // Arrows and the like come as one escape sequence, which may hold digits.
    if (text.startsWith('\u001b')) return;
    for (const char of text) {
      if (char === '\u0003' || char === '\u0004') interrupt.abort();
      else if (char === '?') {
        question?.endLine();
        options.showInbox().catch(() => undefined);
      } else if (char === '\r' || char === '\n') question?.finish(false);
      else if (/^[0-9*#]$/.test(char)) {
        if (question === null) early.push(char);
        else question.press(char);
      }
    }
  };
  keyboard.setRawMode?.(true);
  keyboard.on('data', onData);
  keyboard.resume();

  const caller = (listening: Listening): Promise<Presses> =>
    new Promise((resolve) => {
      const opened = openQuestion(listening, options, (presses) => {
        question = null;
        resolve(presses);
      });
      question = opened;
      const waiting = early;
      early = [];
      for (const key of waiting) onData(key);
      if (interrupt.signal.aborted) opened.finish(true);
    });

  const close = (): void => {
    keyboard.off('data', onData);
    keyboard.setRawMode?.(false);
    keyboard.pause();
  };
  return { caller, close };
}

interface Question {
  readonly press: (key: string) => void;
  readonly finish: (hangUp: boolean) => void;
  /** Ends the line of echoed keys, so that something else can be printed. */
  readonly endLine: () => void;
}

/** One Gather in real time; `onEnd` is called once, when a key, the timer, Enter or Ctrl-C ends it. */
function openQuestion(listening: Listening, options: KeyboardOptions, onEnd: (presses: Presses) => void): Question {
  const { gather, at, promptsEnd } = listening;
  const { screen, monotonic } = options;
  const { signal } = options.interrupt;
  const began = monotonic();
  const now = (): number => at + monotonic() - began;
  const keys: KeyPress[] = [];
  let open = openGather(gather, { at, promptsMs: promptsEnd - at });
  let lineOpen = false;

  const endLine = (): void => {
    if (lineOpen) screen?.write('\n');
    lineOpen = false;
  };
  const finish = (hangUp: boolean): void => {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
    endLine();
    if (keys.length === 0 && !hangUp) screen?.write(`${label(screen, YOU)}(silence)\n`);
    onEnd({ keys, hangUp });
  };
  const press = (key: string): void => {
    // A timer that fires late must not turn a heard key into a late one.
    const heard = { key, at: Math.min(now(), open.deadline - 1) };
    screen?.write(lineOpen ? ` ${key}` : `${label(screen, YOU)}${key}`);
    lineOpen = true;
    keys.push(heard);
    const next = pressKey(gather, open, heard);
    if (next.kind !== 'open') {
      finish(false);
      return;
    }
    open = next;
    clearTimeout(timer);
    timer = setTimeout(finish, open.deadline - now(), false);
  };
  const onAbort = (): void => finish(true);
  let timer = setTimeout(finish, open.deadline - now(), false);
  signal.addEventListener('abort', onAbort);
  return { press, finish, endLine };
}

const YOU = { label: 'You:', style: 'green' } as const;
