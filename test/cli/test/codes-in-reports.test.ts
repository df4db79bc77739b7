import { describe, expect, it } from 'vitest';
import { maskCodes } from '../../../src/cli/test/reporters/mask-codes.ts';
import { REPORTERS, type ReporterName } from '../../../src/cli/test/reporters/index.ts';
import type { Happened, Played } from '../../../src/simulator/record.ts';
import { play, told } from './play.ts';

const SCENARIOS = `callflow: two-factor
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
scenarios:
  - name: Every kind of code
    call:
      - press: sms
      - gets: sms
      - press: wrong-code
      - press: star
      - later: 11m
      - press: code
      - press: old-code
      - press: code
      - hears: nowhere
`;

/** The scenario as it went, and as if the line had told a code at its end. */
async function indiscreet(): Promise<Played> {
  const [played] = await play(SCENARIOS);
  const code = played?.codes[0];
  if (played?.failure === undefined || code === undefined) throw new Error('no code came');
  const { failure, happened } = played;
  const event = {
    kind: 'said',
    at: 1,
    utterance: { prompt: 'slip', language: 'en-US', parts: [{ kind: 'digits', text: code }] },
  } as const;
  const line: Happened = { kind: 'line', event, call: 1, at: 1 };
  const instead = `Heard in its place: slip "${code.split('').join(' ')}"`;
  return { ...played, happened: [...happened, line], failure: { ...failure, instead, fix: `Heard last: ${code}` } };
}

describe('reports', () => {
  it.each(Object.keys(REPORTERS) as ReporterName[])('hold no code that came and no key of one: %s', async (name) => {
    const played = await indiscreet();
    const said = (await told(REPORTERS[name], { all: [played] })).replaceAll(/(?<=\d)[ .,-]+(?=\d)/g, '');
    const pressed = played.happened
      .flatMap((each) => (each.kind === 'line' && each.event.kind === 'pressed' ? [each.event.key] : []))
      .join('')
      .split(/[*#]/)
      .flatMap((keys) => keys.match(/\d{6}/g) ?? []);
    expect(pressed).not.toEqual([]);
    for (const code of [...played.codes, ...pressed]) expect(said).not.toContain(code);
  });
});

describe('a code is hidden', () => {
  it.each([
    ['Your code is 123456.', 'Your code is ••••••.'],
    ['1 2 3 4 5 6', '••••••'],
    ['1, 2, 3. 4-5-6', '••••••'],
    ['123457 and 12345', '123457 and 12345'],
  ])('%s', (text, masked) => {
    expect(maskCodes(['123456'])(text)).toBe(masked);
  });
});
