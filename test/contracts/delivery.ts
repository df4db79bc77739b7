import { describe, expect, it } from 'vitest';
import type { Delivered, Delivery, Message } from '../../src/core/contracts/delivery.ts';

/**
 * How the other side behaves. `silent` takes the connection and never speaks; `cutting` takes the message and ends the
 * connection without a word; at `absent` nothing listens.
 */
export type OtherSide = 'taking' | 'refusing' | 'busy' | 'silent' | 'dripping' | 'cutting' | 'absent';

export interface Arrived {
  readonly to: string;
  /** All that arrived, as it arrived. */
  readonly content: string;
}

export interface DeliveryRig {
  /** A delivery with this deadline (milliseconds), and what the other side has taken so far. */
  open(
    otherSide: OtherSide,
    timeout: number,
  ): Promise<{ readonly delivery: Delivery; readonly arrived: readonly Arrived[] }>;
  /** What arrives of a message: its text with the code, or only the token under which a call asks for the code later. */
  readonly carries: 'text' | 'report';
  readonly from: string;
  /** A canonical destination. */
  readonly to: string;
  /** Another spelling of it. */
  readonly spelling: string;
  /** What no code may be sent to. */
  readonly refused: readonly string[];
}

const DEADLINE = 200;
const REPORT = 'dGhlIHJlcG9ydCB0b2tlbg';
const CODE = '493817';

/** What a text may hold that breaks a form, a header, JSON or UTF-8. */
const AWKWARD = ['', 'a\r\nb: c\r\n.\r\n', '\ud800', '"}\\ & <b> {{to}}', 'x'.repeat(5_000)];

/** What every Delivery keeps to. A sender that ignores its deadline does not settle, and the test is over time. */
export function deliveryContract(name: string, rig: DeliveryRig): void {
  const message: Message = {
    to: rig.to,
    from: rig.from,
    subject: 'Your code',
    text: `Your code is ${CODE}.`,
    report: REPORT,
  };
  const carried = rig.carries === 'text' ? CODE : REPORT;

  describe(`${name} as a delivery`, () => {
    it('says "sent" once the other side has the message, and it arrives once', async () => {
      const { delivery, arrived } = await rig.open('taking', 5_000);
      expect(await delivery.deliver(message)).toEqual({ outcome: 'sent' });
      expect(arrived).toMatchObject([{ to: rig.to, content: expect.stringContaining(carried) }]);
      if (rig.carries === 'report') expect(arrived[0]?.content).not.toContain(CODE);
    });

    it.each([
      ['refuses', 'refusing', { outcome: 'rejected', accepted: true }],
      ['is busy', 'busy', { outcome: 'unreachable', accepted: true }],
      ['takes the connection and stays silent', 'silent', { outcome: 'unreachable', accepted: true }],
      ['talks without end', 'dripping', { outcome: 'unreachable', accepted: true }],
      ['is not there', 'absent', { outcome: 'unreachable', accepted: false }],
    ] as const)(
      'gives it up by its deadline, and says why, when the other side %s',
      async (_what, otherSide, expected) => {
        const { delivery, arrived } = await rig.open(otherSide, DEADLINE);
        const delivered = await delivery.deliver(message);
        expect(delivered).toEqual({ ...expected, reason: expect.any(String) });
        expect(arrived).toEqual([]);
        expectSecret(delivered);
      },
    );

    it('never sends a message again by itself: one whose answer is lost may have arrived', async () => {
      const { delivery, arrived } = await rig.open('cutting', 5_000);
      const delivered = await delivery.deliver(message);
      expect(delivered).toMatchObject({ outcome: 'unreachable', accepted: true });
      expect(arrived).toHaveLength(1);
      expectSecret(delivered);
    });

    it.each(AWKWARD)('has an outcome for the text %j, and never rejects', async (text) => {
      const { delivery } = await rig.open('taking', 5_000);
      const { outcome } = await delivery.deliver({ ...message, text });
      expect(['sent', 'unreachable', 'rejected', 'error']).toContain(outcome);
    });

    it('has one spelling of a destination', async () => {
      const { delivery } = await rig.open('absent', DEADLINE);
      const spelled = [rig.to, rig.spelling, ` ${rig.to} `].map((each) => delivery.canonical(each));
      expect(spelled).toEqual([rig.to, rig.to, rig.to]);
    });

    it.each([...rig.refused, ''])('never sends to %j', async (destination) => {
      const { delivery, arrived } = await rig.open('taking', 5_000);
      expect(delivery.canonical(destination)).toBeNull();
      const delivered = await delivery.deliver({ ...message, to: destination });
      expect(delivered).toMatchObject({ outcome: 'error', accepted: false });
      expect(arrived).toEqual([]);
      if (destination !== '') expect(reasonOf(delivered)).not.toContain(destination);
    });

    it('delivers 40 messages at a time, each once', async () => {
      const { delivery, arrived } = await rig.open('taking', 8_000);
      const marks = Array.from({ length: 40 }, (_, n) => `${48_170_000 + n}`);
      const marked = marks.map((mark) => (rig.carries === 'text' ? { text: `Code ${mark}.` } : { report: mark }));
      const delivered = await Promise.all(marked.map((change) => delivery.deliver({ ...message, ...change })));
      expect(new Set(delivered.map(({ outcome }) => outcome))).toEqual(new Set(['sent']));
      expect(marks.map((mark) => arrived.filter(({ content }) => content.includes(mark)).length)).toEqual(
        marks.map(() => 1),
      );
    });
  });

  /** What went wrong goes to the log: nothing of the message is in it. */
  function expectSecret(delivered: Delivered): void {
    expect(reasonOf(delivered)).not.toMatch(new RegExp(`${CODE}|${rig.to.replace('+', '')}|${REPORT}`));
  }
}

function reasonOf(delivered: Delivered): string {
  return delivered.outcome === 'sent' ? '' : delivered.reason;
}
