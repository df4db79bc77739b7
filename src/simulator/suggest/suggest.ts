import { loadScenarios } from '../../core/scenario/load-scenarios.ts';
import { pathKey, type Coverage, type PathCoverage } from '../coverage/coverage.ts';
import { playScenario, scenariosToPlay, type OpenStage } from '../play-scenario.ts';
import type { Played } from '../record.ts';
import { after } from '../reach/moment.ts';
import type { Reach, Turn } from '../reach/reach.ts';
import { resultsOf } from '../reach/results.ts';
import { draftOf, type Draft } from './draft.ts';
import { scenarioName } from './scenario-name.ts';
import { newScenarioFile, scenarioText, withScenarios } from './scenario-text.ts';

/** A scenario that was played and takes paths that no other one takes. */
export interface Suggestion {
  /** The callflow that is called. */
  readonly callflow: string;
  readonly name: string;
  /** An item of the list of a scenario file. */
  readonly text: string;
}

export interface Suggestions {
  readonly scenarios: readonly Suggestion[];
  /** Paths for which no scenario was found, with the callflow of each. */
  readonly without: readonly { readonly callflow: string; readonly path: PathCoverage }[];
}

export interface SuggestOptions {
  readonly reach: Reach;
  readonly open: OpenStage;
  /** By callflow: the text of the scenario file that its scenarios go to. */
  readonly files?: ReadonlyMap<string, string>;
}

/** Writes scenarios for the paths that were missed, and keeps those that really take them when they are played. */
export async function suggestScenarios({ callflows }: Coverage, options: SuggestOptions): Promise<Suggestions> {
  const files = new Map(options.files);
  const taken = new Set<string>();
  const scenarios: Suggestion[] = [];
  const without: { readonly callflow: string; readonly path: PathCoverage }[] = [];
  for (const { callflow, paths } of callflows)
    for (const path of paths) {
      const { from: block, path: name } = path.edge;
      const key = pathKey({ callflow, block, path: name });
      if (path.standing !== 'missed' || taken.has(key)) continue;
      const found = await scenarioFor(callflow, path, { ...options, files });
      if (found === null) {
        without.push({ callflow, path });
        continue;
      }
      scenarios.push(found.suggestion);
      files.set(found.suggestion.callflow, found.file);
      for (const each of found.played.taken) taken.add(pathKey(each));
    }
  return { scenarios, without };
}

interface Found {
  readonly suggestion: Suggestion;
  readonly played: Played;
  /** With it. */
  readonly file: string;
}

async function scenarioFor(
  callflow: string,
  { edge }: PathCoverage,
  { reach, open, files }: Required<SuggestOptions>,
): Promise<Found | null> {
  const flow = reach.library.flow(callflow)?.callflow;
  if (flow === undefined) return null;
  const wanted = pathKey({ callflow, block: edge.from, path: edge.path });
  for (const way of reach.waysTo({ callflow, block: edge.from, path: edge.path })) {
    const draft = draftOf(untilHeard(way, reach), reach.library);
    for (const each of draft === null ? [] : worded(draft)) {
      const name = scenarioName(edge, flow);
      const text = scenarioText(name, each);
      const file = withScenarios(files.get(each.callflow) ?? newScenarioFile(each.callflow), [text]);
      const played = file === null ? null : await play(file, name, open);
      if (file === null || played?.outcome !== 'passed') continue;
      if (played.taken.some((path) => pathKey(path) === wanted))
        return { suggestion: { callflow: each.callflow, name, text }, played, file };
    }
  }
  return null;
}

/** As it should be, and with less that must hold. */
function worded(draft: Draft): readonly Draft[] {
  const calls = draft.call.length === 0 && draft.hears === null ? ['hangs-up'] : draft.call;
  return [
    { ...draft, call: calls },
    { ...draft, call: calls.length === 0 ? ['hangs-up'] : calls, hears: null },
  ];
}

async function play(file: string, name: string, open: OpenStage): Promise<Played | null> {
  const { scenarios } = loadScenarios({ file: 'suggested.yaml', text: file });
  const last = scenarios === null ? undefined : scenariosToPlay('suggested.yaml', scenarios).at(-1);
  return last?.scenario.name === name ? playScenario(last, open) : null;
}

/** No callflow does more than this before it says something. */
const MOST_TASKS = 20;

/** A way that goes on, as it does when all goes well, until something is heard. */
function untilHeard(way: readonly Turn[], { library, watched }: Reach): readonly Turn[] {
  const all = [...way];
  for (let count = 0; count < MOST_TASKS; count++) {
    const last = all.at(-1)?.after;
    if (last?.next.kind !== 'perform') break;
    const [happening] = resultsOf(last.next.task, last.office, watched);
    if (happening === undefined) break;
    all.push({ before: last, happening, after: after(library, last, happening).moment });
  }
  return all;
}
