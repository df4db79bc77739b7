import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeSimulator } from '../../src/cli/test/make-simulator.ts';
import { readSources, type FolderSources } from '../../src/cli/library-files.ts';
import { graphOf } from '../../src/core/callflow/graph.ts';
import { reachOf, type Reach } from '../../src/simulator/reach/reach.ts';
import { whyNever } from '../../src/simulator/reach/why-never.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { playAll, scenariosIn, shipped, shippedScenarios } from './shipped.ts';

let simulator: Simulator;
let reach: Reach;
let sources: FolderSources;

beforeAll(async () => {
  ({ simulator } = await shipped());
  sources = await readSources({ callflows: 'callflows', prompts: 'prompts' });
  reach = reachOf(simulator.library);
}, 60_000);

/** Paths that no call can take, each with why, in a shipped callflow with something replaced. */
function never(callflow: string, replaced: readonly (readonly [string, string])[] = []): readonly string[] {
  const callflows = sources.callflows
    .filter(({ file }) => file.includes(callflow))
    .map(({ file, text }) => ({
      file,
      text: replaced.reduce((all, [from, to]) => all.replace(from, to), text),
    }));
  const { library } = replaced.length === 0 ? simulator : makeSimulator({ ...sources, callflows }, {});
  const found = whyNever(replaced.length === 0 ? reach : reachOf(library));
  const flow = library.flow(callflow);
  const edges = flow === undefined ? [] : graphOf(flow.callflow).edges;
  return edges.flatMap(({ from: block, path }) => {
    const why = found({ callflow, block, path });
    return why === null ? [] : [`${block} ${path}: ${why}`];
  });
}

describe('paths that no call can take', () => {
  const ALWAYS = [
    'choose-method none: whoever comes here has a contact method',
    'check blank: nobody comes here without an entry',
  ];

  it('are few in the shipped callflows', () => {
    expect(reach.complete).toBe(true);
    expect(never('main')).toEqual([]);
    expect(never('two-factor')).toEqual(ALWAYS);
    expect(never('otp-nodes')).toEqual([
      'selector none: whoever comes here has a contact method',
      'sender nothing-to-send: every method that callers can choose here is sent',
    ]);
  });

  it('follow from the settings: a wrong code that always brings a new one is never tried again', () => {
    const found = never('two-factor', [['after-wrong-code: ask-again', 'after-wrong-code: new-code']]);
    expect(found).toContain('check wrong: a wrong code is never tried again here');
    expect(found).toContain('check too-many: no code runs out of attempts here');
    expect(found).toContain('wrong-code star: no call comes to wrong-code');
  });

  it('follow from the methods: without an authenticator every method is sent', () => {
    expect(never('two-factor', [['methods: [email, sms, voice, authenticator]', 'methods: [email, sms]']])).toEqual([
      ALWAYS[0],
      'send nothing-to-send: every method that callers can choose here is sent',
      ALWAYS[1],
    ]);
  });

  it('follow from the limits: with one send nothing is promised anew', () => {
    const found = never('two-factor', [['sends:             { most: 3', 'sends:             { most: 1']]);
    expect(found).toContain('check finished: there is never a send left for a new code here');
    expect(found).toContain('new-code next: no call comes to new-code');
  });

  it('are not told where not everything could be looked at', () => {
    const few = reachOf(simulator.library, 100);
    expect(few.complete).toBe(false);
    const unknown = whyNever(few)({ callflow: 'two-factor', block: 'check', path: 'blank' });
    expect(unknown).toBeNull();
  });
});

describe('what the search holds for possible', () => {
  const unreached = (
    taken: readonly {
      readonly callflow: string;
      readonly block: string;
      readonly path: string;
    }[],
  ) => taken.filter((path) => reach.waysTo(path).length === 0);

  it('holds every path that the shipped scenarios take', async () => {
    const played = await playAll(shippedScenarios(), simulator);
    expect(unreached(played.flatMap(({ taken }) => taken))).toEqual([]);
  });

  it('holds every path that a caller takes who does anything at all', async () => {
    const step = fc.oneof(
      fc
        .constantFrom('code', 'wrong-code', 'star', 'hash', '0', '1', '2', '3', '9', '1001')
        .map((press) => ({ press })),
      fc.constantFrom(
        { silent: '20s' },
        { later: '6m' },
        { later: '25s' },
        { fallback: 12100 },
        { elsewhere: 'locked' },
      ),
    );
    const given = fc.record(
      {
        customer: fc.constantFrom(
          {},
          { email: 'ana@example.test' },
          { authenticator: true },
          { sms: '+12025550156', email: 'ana@example.test' },
        ),
        'sends-fail': fc.constantFrom({ email: 'rejected' }, { sms: 'error', email: 'unreachable' }),
        breaks: fc.constantFrom(['find-methods'], ['send-code'], ['verify-code']),
      },
      { requiredKeys: [] },
    );
    const callflow = fc.constantFrom('two-factor', 'main', 'otp-nodes');
    await fc.assert(
      fc.asyncProperty(callflow, given, fc.array(step, { minLength: 1, maxLength: 14 }), async (name, stands, call) => {
        const text = JSON.stringify({
          callflow: name,
          scenarios: [{ name: 'any', given: stands, call }],
        });
        const [played] = await playAll(scenariosIn(text), simulator);
        expect(unreached(played?.taken ?? [])).toEqual([]);
      }),
      { numRuns: 150, seed: 20261123 },
    );
  });
});
