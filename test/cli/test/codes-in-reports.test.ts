import { describe, expect, it } from 'vitest';
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

const AT_A_MENU = `callflow: two-factor
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
scenarios:
  - name: The code at the menu
    call: [ { press: sms }, { gets: sms }, { press: star }, { press: code }, { hears: nowhere } ]
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
    for (const code of [...played.codes, ...played.codes.map(wrongCode)]) expect(said).not.toContain(code);
  });

  it('hold no key of a code that is pressed where something else is asked', async () => {
    const [played] = await play(AT_A_MENU);
    if (played === undefined) throw new Error('nothing played');
    const said = await told(REPORTERS.spec, { all: [played] });
    expect(
      said
        .match(/^ *You: .*$/gm)
        ?.slice(1)
        .join(''),
    ).toMatch(/^[^\d]+$/);
  });
});

/** As the simulator makes it: each digit one on. */
function wrongCode(code: string): string {
  return code.replaceAll(/\d/g, (digit) => String((Number(digit) + 1) % 10));
}
