import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { keyboardCaller } from '../../src/cli/call/keyboard-caller.ts';
import type { Listening } from '../../src/telephone/call-events.ts';

const gather = { verb: 'gather', action: '', timeout: 8, finishOnKey: '#', spoken: [] } as const;
const question = (rest: { numDigits?: number } = {}): Listening => ({
  kind: 'listening',
  at: 1000,
  promptsEnd: 3000,
  document: 1,
  typedAhead: false,
  gather: { ...gather, ...rest },
});

/** `times`: what the clock says, reading by reading; the last stays. */
function caller(times: readonly number[] = [0]) {
  const keyboard = new PassThrough();
  const screen = new PassThrough();
  const interrupt = new AbortController();
  const rawModes: boolean[] = [];
  let readings = 0;
  let inboxes = 0;
  const { caller, close } = keyboardCaller({
    keyboard: Object.assign(keyboard, { setRawMode: (raw: boolean) => rawModes.push(raw) }),
    screen,
    interrupt,
    showInbox: async () => void (inboxes += 1),
    monotonic: () => times[Math.min(readings++, times.length - 1)] ?? 0,
  });
  const echoed = async () => {
    close();
    screen.end();
    return text(screen);
  };
  return { listen: caller, keyboard, interrupt, echoed, rawModes, inboxes: () => inboxes };
}

const keysOf = ({ keys }: { keys: readonly { key: string }[] }) => keys.map(({ key }) => key).join('');

describe('the keyboard as a telephone', () => {
  it.each<[string, string, { numDigits?: number }, string, string]>([
    ['keys up to the number that is asked for', '123456', { numDigits: 6 }, '123456', 'You:   1 2 3 4 5 6\n'],
    ['the finish key', '12#', {}, '12#', 'You:   1 2 #\n'],
    ['Enter after some keys: the timer runs out now', '12\r', { numDigits: 6 }, '12', 'You:   1 2\n'],
    ['Enter without keys: silence', '\r', {}, '', 'You:   (silence)\n'],
    ['letters are no keys', 'a1b\r', {}, '1', 'You:   1\n'],
  ])('%s', async (...[, typed, rules, keys, echo]) => {
    const { listen, keyboard, echoed } = caller();
    const presses = listen(question(rules));
    keyboard.write(typed);
    expect(keysOf(await presses)).toBe(keys);
    expect(await echoed()).toBe(echo);
  });

  it('an arrow or Delete presses nothing', async () => {
    const { listen, keyboard } = caller();
    const presses = listen(question());
    keyboard.write('\u001b[3~');
    await new Promise(setImmediate);
    keyboard.write('7#');
    expect(keysOf(await presses)).toBe('7#');
  });

  it('keys have the times at which they were pressed', async () => {
    // Read at the beginning, for the first timer, and twice for each key (its time, its timer).
    const { listen, keyboard } = caller([50, 50, 250, 250, 650]);
    const presses = listen(question({ numDigits: 2 }));
    keyboard.write('12');
    expect((await presses).keys).toEqual([
      { key: '1', at: 1200 },
      { key: '2', at: 1600 },
    ]);
  });

  it('the timer of the question runs in real time', async () => {
    const { listen, echoed } = caller([0, 10_000]);
    expect(await listen(question())).toEqual({ keys: [], hangUp: false });
    expect(await echoed()).toBe('You:   (silence)\n');
  });

  it('a # after the last digit falls into the next question', async () => {
    const { listen, keyboard } = caller();
    const first = listen(question({ numDigits: 6 }));
    keyboard.write('123456#');
    expect(keysOf(await first)).toBe('123456');
    expect(keysOf(await listen(question({ numDigits: 6 })))).toBe('#');
  });

  it('? shows the inbox, on lines of its own, and presses nothing', async () => {
    const { listen, keyboard, inboxes, echoed } = caller();
    const presses = listen(question());
    keyboard.write('?12?3#');
    expect(keysOf(await presses)).toBe('123#');
    expect(inboxes()).toBe(2);
    expect(await echoed()).toBe('You:   1 2\nYou:   3 #\n');
  });

  it('Ctrl-C hangs up', async () => {
    const { listen, keyboard, interrupt } = caller();
    const presses = listen(question());
    keyboard.write('1\u0003');
    expect(await presses).toMatchObject({ keys: [{ key: '1' }], hangUp: true });
    expect(interrupt.signal.aborted).toBe(true);
    expect(await listen(question())).toEqual({ keys: [], hangUp: true });
  });

  it('the terminal is given back as it was', async () => {
    const { echoed, rawModes, keyboard } = caller();
    await echoed();
    expect(rawModes).toEqual([true, false]);
    expect([keyboard.isPaused(), keyboard.listenerCount('data')]).toEqual([true, 0]);
  });
});
