import { beforeAll, describe, expect, it } from 'vitest';
import { PLAIN } from '../../../src/cli/paint.ts';
import { transcriptLines } from '../../../src/cli/test/reporters/call-transcript.ts';
import { differenceOf } from '../../../src/cli/test/reporters/difference.ts';
import { maskOf } from '../../../src/simulator/trace/mask.ts';
import type { Happened, Played } from '../../../src/simulator/record.ts';
import { play } from './play.ts';

const GIVEN = 'given: { customer: { email: ana@example.test, sms: "+12025550156" } }';
const file = (call: string, ends = ''): string =>
  `callflow: two-factor\n${GIVEN}\nscenarios:\n  - name: it\n    call: ${call}\n${ends === '' ? '' : `    ends: ${ends}\n`}`;

const transcriptOf = (played: Played): readonly string[] =>
  transcriptLines(played, { width: 100, paint: PLAIN, mask: maskOf([]) });

describe('the transcript of a failed call', () => {
  it('tells what happened beside the line', async () => {
    const [played] = await play(
      file(
        '[ { press: sms }, { gets: sms }, repeat, { later: 11m }, hangs-up, redials, { press: 7 }, { hears: verified } ]',
      ),
    );
    const lines = played === undefined ? [] : transcriptOf(played);
    for (const line of [
      'Inbox: a text message with the code',
      'Later: 11m pass',
      'End:   you hung up',
      'Call:  the caller calls again (call 2)',
      '     ✗ hears: verified',
    ])
      expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${line.replaceAll(/[()]/g, '\\$&')}`)));
  });

  it('leaves the middle of a long call out', async () => {
    const [played] = await play(file('[ { press: 7 } ]', 'agent'));
    if (played === undefined) throw new Error('nothing played');
    const round: Happened[] = Array.from({ length: 100 }, (_, at) => ({
      kind: 'fault',
      reason: `it ${at}`,
      call: 1,
      at,
    }));
    const lines = transcriptOf({ ...played, happened: round });
    expect(lines.slice(7, 10)).toEqual(['Fault: it 7', '... 68 more lines ...', 'Fault: it 76']);
    expect(lines.slice(-2)).toEqual(['Fault: it 99', `     ✗ ${played.failure?.expected}`]);
  });
});

describe('the difference', () => {
  let heard: Played;
  beforeAll(async () => {
    const [played] = await play(
      file(
        '[ { hears: greeting }, { hears: choose-method }, { press: sms }, { hears: on-its-way }, { hears: enter-code }, { hears: verified } ]',
      ),
    );
    if (played === undefined) throw new Error('nothing played');
    heard = played;
  });
  const written = (played: Played): readonly string[] =>
    differenceOf(played).map(({ sign, prompt }) => `${sign}${prompt}`);

  it('shows the missing prompt between those that were heard, and nothing that is still to come', () => {
    expect(written(heard)).toEqual([' greeting', ' choose-method', '-on-its-way', ' enter-code.sms']);
  });

  it('shows what was heard in its place', () => {
    const expected = heard.expected.map((prompt) => (prompt === 'enter-code' ? 'nothing' : prompt));
    expect(written({ ...heard, expected })).toEqual([' greeting', ' choose-method', '-on-its-way', '+enter-code.sms']);
  });

  it('is empty where every prompt was heard that was due', async () => {
    const [played] = await play(
      file('[ { hears: choose-method }, { press: 8 }, { hears: choose-method } ]', 'success'),
    );
    expect(played?.outcome).toBe('failed');
    expect(played === undefined ? null : written(played)).toEqual([]);
  });
});
