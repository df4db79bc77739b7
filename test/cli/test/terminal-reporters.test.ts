import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { dot } from '../../../src/cli/test/reporters/dot.ts';
import { spec } from '../../../src/cli/test/reporters/spec.ts';
import type { Played } from '../../../src/simulator/record.ts';
import { play, skipped, told } from './play.ts';

const FILE = 'test/calls/main.yaml';
const SCENARIOS = `callflow: two-factor
given: { customer: { email: ana@example.test, sms: "+12025550156" } }
scenarios:
  - name: Right code
    call: [ { press: sms }, { press: code }, { hears: verified } ]
    ends: success
  - name: Thanked by name
    call:
      - hears: greeting
      - press: sms
      - gets: sms
      - press: wrong-code
      - hears: wrong-code
      - press: code
      - hears: welcome-home
    ends: success
`;
const TEXTS = new Map([[FILE, SCENARIOS]]);

describe('the spec reporter', () => {
  let all: readonly Played[];
  beforeAll(async () => {
    const played = await play(SCENARIOS);
    all = [...played, ...played.slice(0, 1).map((each) => skipped({ ...each, name: 'Later' }, 'the clock is moved'))];
  });

  it('tells a line for each scenario, and a failure in full: where, instead of what, the call, the difference', async () => {
    expect(await told(spec, { all, texts: TEXTS })).toMatchInlineSnapshot(`
      "test/calls/main.yaml
        ✓ Right code  0:30
        ✗ 1) Thanked by name  0:36
        - Later  skipped: the clock is moved

      1) test/calls/main.yaml:15:9  Thanked by name
        14 |       - press: code
        15 |       - hears: welcome-home
           |         ^^^^^^^^^^^^^^^^^^^
        expected hears: welcome-home
        The call ended by "success". Heard until then: verified "Thank you, you are
        verified.", goodbye "Thank you for calling. Goodbye."
        Mend the step, or the callflow.

        Line:  Before we go on, we need to check that it is you. How would you like to
               get your code? For an email to the address starting with A, at
               example.test, press 1. For a text message to the number ending in 5 6,
               press 2. To speak to someone, press zero.
             ✓ hears: greeting, press: sms
        You:   2
        Line:  We sent a code by text message to the number ending in 5 6. Enter the 6
               digits now. If you need more time, or a new code, press star, then
               pound.
        Inbox: a text message with the code ••••••
             ✓ gets: sms, press: wrong-code
        You:   • • • • • •
        Line:  That code did not match. You have 2 tries left. Enter the 6 digits.
             ✓ hears: wrong-code, press: code
        You:   • • • • • •
        Line:  Thank you, you are verified. Thank you for calling. Goodbye.
        End:   the line hung up
             ✗ hears: welcome-home

        Prompts: - named by the scenario, + heard
          greeting
          wrong-code.ask
        - welcome-home
        + verified
        + goodbye

      1 failed, 1 passed, 1 skipped (2 calls in 1.2 s)
      "
    `);
  });

  it('differs on a terminal only in colour', async () => {
    const onTerminal = await told(spec, { all, texts: TEXTS, terminal: { columns: 80 } });
    expect(onTerminal).toContain('\u001B[31m✗');
    expect(stripVTControlCharacters(onTerminal)).toBe(await told(spec, { all, texts: TEXTS }));
  });

  it('leaves the line of the scenario out where its text is not at hand', async () => {
    expect(await told(spec, { all })).not.toContain('15 |');
  });

  it('keeps what a name or a server says away from the terminal', async () => {
    const [played] = all;
    if (played === undefined) throw new Error('nothing played');
    const said = await told(spec, { all: [{ ...played, name: 'red \u001B[31m\n::error::x' }] });
    expect(said).toContain('red \uFFFD[31m ::error::x  0:');
  });
});

describe('the dot reporter', () => {
  it('writes a sign for each scenario, as many as fit into a line', async () => {
    const [passed, failed] = await play(SCENARIOS);
    if (passed === undefined || failed === undefined) throw new Error('nothing played');
    const all = [...Array.from({ length: 12 }, () => passed), skipped(passed, 'no'), failed];
    const said = await told(dot, { all, texts: TEXTS, terminal: { columns: 10 } });
    const [first, second, ...rest] = stripVTControlCharacters(said).split('\n');
    expect([first, second]).toEqual(['..........', '..SF']);
    expect(rest).toContain(`1) ${FILE}:15:9  Thanked by name`);
    expect(rest.slice(-2)).toEqual(['1 failed, 12 passed, 1 skipped (13 calls in 1.2 s)', '']);
  });

  it('tells that nothing was played', async () => {
    expect(await told(dot, { all: [] })).toBe('nothing played (0 calls in 1.2 s)\n');
  });
});
