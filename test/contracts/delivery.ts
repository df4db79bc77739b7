import { describe, expect, it } from 'vitest';
import type { Delivered, Delivery, Message } from '../../src/core/contracts.ts';

/** How the other side behaves. `silent` takes the connection and never speaks; at `absent` nothing listens. */
export type OtherSide = 'taking' | 'refusing' | 'busy' | 'silent' | 'dripping' | 'absent';

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
  readonly from: string;
  /** A canonical destination. */
  readonly to: string;
  /** Another spelling of it. */
  readonly spelling: string;
  /** What no code may be sent to. */
  readonly refused: readonly string[];
}

const TIMEOUT = 200;
const REPORT = 'dGhlIHJlcG9ydCB0b2tlbg';
const CODE = '493817';

/** What every Delivery keeps to. */
export function deliveryContract(name: string, rig: DeliveryRig): void {
  const message: Message = {
    to: rig.to,
    from: rig.from,
    subject: 'Your code',
    text: `Your code is ${CODE}.`,
    report: REPORT,
  };

  describe(`${name} as a delivery`, () => {
    it('says "sent" once the other side has the message, and it arrives once', async () => {
      const { delivery, arrived } = await rig.open('taking', 5_000);
      expect(await delivery.deliver(message)).toEqual({ outcome: 'sent' });
      expect(arrived).toMatchObject([{ to: rig.to, content: expect.stringContaining(CODE) }]);
    });

    it.each([
      ['refuses', 'refusing', { outcome: 'rejected', accepted: true }],
      ['is busy', 'busy', { outcome: 'unreachable', accepted: true }],
      ['takes the connection and stays silent', 'silent', { outcome: 'unreachable', accepted: true }],
      ['talks without end', 'dripping', { outcome: 'unreachable', accepted: true }],
      ['is not there', 'absent', { outcome: 'unreachable', accepted: false }],
    ] as const)(
      'settles before the deadline and a little when the other side %s',
      async (_what, otherSide, expected) => {
        const { delivery, arrived } = await rig.open(otherSide, TIMEOUT);
        const begun = performance.now();
        const delivered = await delivery.deliver(message);
        expect(performance.now() - begun).toBeLessThan(TIMEOUT + 1_000);
        expect(delivered).toEqual({ ...expected, reason: expect.any(String) });
        expect(arrived).toEqual([]);
        expect(reasonOf(delivered)).not.toMatch(new RegExp(`${CODE}|${rig.to.replace('+', '')}|${REPORT}`));
      },
    );

    it('has one spelling of a destination', async () => {
      const { delivery } = await rig.open('absent', TIMEOUT);
      expect([rig.to, rig.spelling, ` ${rig.to} `].map((each) => delivery.canonical(each))).toEqual([
        rig.to,
        rig.to,
        rig.to,
      ]);
    });

    it.each(rig.refused)('never sends to %j', async (destination) => {
      const { delivery, arrived } = await rig.open('taking', 5_000);
      expect(delivery.canonical(destination)).toBeNull();
      expect(await delivery.deliver({ ...message, to: destination })).toMatchObject({
        outcome: 'error',
        accepted: false,
      });
      expect(arrived).toEqual([]);
    });

    it('delivers 40 messages at a time, each once', async () => {
      const { delivery, arrived } = await rig.open('taking', 8_000);
      const texts = Array.from({ length: 40 }, (_, n) => `Code ${1000 + n}.`);
      const delivered = await Promise.all(texts.map((text) => delivery.deliver({ ...message, text })));
      expect(new Set(delivered.map(({ outcome }) => outcome))).toEqual(new Set(['sent']));
      expect(texts.map((text) => arrived.filter(({ content }) => content.includes(text)).length)).toEqual(
        texts.map(() => 1),
      );
    });
  });
}

function reasonOf(delivered: Delivered): string {
  return delivered.outcome === 'sent' ? '' : delivered.reason;
}
