import { describe, expect, it } from 'vitest';
import { HELD, SPOKEN } from './own-callflows.ts';
import { playOne, simulatorOf } from './playing.ts';

const simulator = simulatorOf(HELD, SPOKEN);

const HEAD = `callflow: two-factor
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
`;

interface Case {
  readonly title: string;
  /** Every line of the scenario after its name. */
  readonly lines: readonly string[];
  readonly head?: string;
  /** The number of the line in \`lines\`, from 1; 0 is the name. */
  readonly line: number;
  readonly expected: string;
  readonly instead: string;
  readonly fix: string;
}

const CASES: readonly Case[] = [
  {
    title: 'a prompt that is not heard',
    lines: ['call:', '- press: sms', '- hears: verified'],
    line: 3,
    expected: 'hears: verified',
    instead: 'Heard in its place: enter-code.sms "We sent a code by text message',
    fix: 'Mend the step, or the callflow.',
  },
];

describe('a scenario fails, and tells why:', () => {
  it.each(CASES)('$title', async ({ head = HEAD, lines, line, expected, instead, fix }) => {
    const { outcome, failure } = await playOne(
      `${head}scenarios:\n  - name: a\n${lines.map((each) => `    ${each}\n`).join('')}`,
      simulator,
    );
    expect({ outcome, ...failure }).toMatchObject({
      outcome: 'failed',
      at: { file: 'test/calls/a.yaml', line: head.split('\n').length + 1 + line },
      expected,
      instead: expect.stringContaining(instead) as string,
      fix: expect.stringContaining(fix) as string,
    });
  });
});
