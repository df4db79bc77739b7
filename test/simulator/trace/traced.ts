import { makeSimulator } from '../../../src/cli/test/make-simulator.ts';
import { readSources } from '../../../src/cli/library-files.ts';
import { loadScenarios } from '../../../src/core/scenario/load-scenarios.ts';
import { playScenario, scenariosToPlay } from '../../../src/simulator/play-scenario.ts';
import type { Played } from '../../../src/simulator/record.ts';
import { traceOf } from '../../../src/simulator/trace/trace-of.ts';
import type { Trace, TraceEvent, TraceEventOf } from '../../../src/simulator/trace/trace-schema.ts';

export const simulator = makeSimulator(await readSources({ callflows: 'callflows', prompts: 'prompts' }), {});

/** Plays a file of scenarios with the shipped callflows. */
export async function playFile(text: string, file = 'calls.yaml'): Promise<readonly Played[]> {
  const { scenarios, findings } = loadScenarios({ file, text });
  if (scenarios === null) throw new Error(findings.map(({ message }) => message).join('\n'));
  const played: Played[] = [];
  for (const play of scenariosToPlay(file, scenarios))
    played.push(await playScenario(play, (scene) => simulator.open(scene)));
  return played;
}

const CUSTOMER = 'customer: { email: ana@example.test, sms: "+12025550156" }';

/** Plays one call to two-factor, for example `[ { press: sms }, { press: code } ]`. */
export async function traced(call: string, rest = 'ends: success', given = ''): Promise<Played & { trace: Trace }> {
  const [played] = await playFile(
    `callflow: two-factor\ngiven: { ${CUSTOMER}${given} }\nscenarios:\n  - name: A call\n    call: ${call}\n    ${rest}\n`,
  );
  if (played === undefined) throw new Error('Nothing was played.');
  return { ...played, trace: traceOf(played) };
}

export function eventsOf<Kind extends TraceEvent['kind']>(trace: Trace, kind: Kind): readonly TraceEventOf<Kind>[] {
  return trace.calls.flatMap(({ events }) =>
    events.filter((event): event is TraceEventOf<Kind> => event.kind === kind),
  );
}

/** The codes that have come to the caller. */
export function codesOf({ happened }: Played): readonly string[] {
  return happened.flatMap((each) => (each.kind === 'got' ? [each.code] : []));
}
