import { graphOf } from '../../core/callflow/graph.ts';
import { loadScenarios } from '../../core/scenario/load-scenarios.ts';
import { scenariosToPlay } from '../play-scenario.ts';
import type { Reach } from '../reach/reach.ts';
import { draftOf, type Draft } from '../suggest/draft.ts';
import { newScenarioFile, scenarioText } from '../suggest/scenario-text.ts';
import type { Scripted } from './explorer.ts';
import { flowsFrom } from './general-rules.ts';

/** The easiest calls to each path, as the search over the pure step has them. Not all of them go so when they are made. */
export function shortestWays(reach: Reach, callflow: string): readonly Scripted[] {
  const paths = flowsFrom(reach.library, callflow).flatMap((flow) =>
    graphOf(flow.callflow).edges.map(({ from, path }) => ({ callflow: flow.callflow.name, block: from, path })),
  );
  const calls = paths.flatMap((path) => {
    const drafts = reach.waysTo(path).flatMap((way) => draftOf(way, reach.library) ?? []);
    return drafts
      .filter((draft) => draft.callflow === callflow)
      .slice(0, 1)
      .flatMap(scripted);
  });
  return [...new Map(calls.map((call) => [JSON.stringify(call), call])).values()];
}

function scripted(draft: Draft): readonly Scripted[] {
  const call = draft.call.length === 0 ? ['hangs-up'] : draft.call;
  const text = newScenarioFile(draft.callflow) + scenarioText('A way', { ...draft, call, hears: null, ends: null });
  const { scenarios } = loadScenarios({ file: 'way.yaml', text });
  if (scenarios === null) return [];
  return scenariosToPlay('way.yaml', scenarios).map(({ given, scenario }) => ({ given, steps: scenario.call }));
}
