import { expect, it } from 'vitest';
import { json } from '../../../src/cli/test/reporters/json.ts';
import { play, skipped, told } from './play.ts';

const SCENARIOS = `callflow: main
scenarios:
  - name: Begins
    call: [ { hears: account-number } ]
  - name: Never said
    call: [ { hears: account-number }, { hears: wrong-code } ]
`;

it('a JSON report is one document: each scenario with its place, a failure with what was heard', async () => {
  const played = await play(SCENARIOS);
  const all = [...played, ...played.slice(0, 1).map((each) => skipped({ ...each, name: 'Later' }, 'not at a server'))];
  const begins = { callflow: 'main', file: 'test/calls/main.yaml', line: 3, column: 11, endColumn: 17, calls: 1 };
  expect(JSON.parse(await told(json, { all }))).toEqual({
    version: 1,
    through: 'simulator',
    summary: { passed: 1, failed: 1, skipped: 1, calls: 2, ms: 1234 },
    scenarios: [
      { ...begins, name: 'Begins', outcome: 'passed', lasted: expect.any(Number) as number, ms: 1500 },
      {
        ...begins,
        name: 'Never said',
        outcome: 'failed',
        line: 5,
        endColumn: 21,
        lasted: expect.any(Number) as number,
        ms: 1500,
        failure: {
          file: 'test/calls/main.yaml',
          line: 6,
          column: 40,
          endColumn: 61,
          expected: 'hears: wrong-code',
          instead: expect.stringContaining('Heard in its place: ') as string,
          fix: 'Mend the step, or the callflow.',
          transcript: expect.arrayContaining(['     ✓ hears: account-number', '     ✗ hears: wrong-code']) as string[],
          difference: [
            { sign: ' ', prompt: 'account-number.ask' },
            { sign: '-', prompt: 'wrong-code' },
          ],
        },
      },
      { ...begins, name: 'Later', outcome: 'skipped', reason: 'not at a server', calls: 0, lasted: 0, ms: 1500 },
    ],
  });
});
