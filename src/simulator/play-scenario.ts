import type { LoadedScenarios, PlacedScenario } from '../core/scenario/load-scenarios.ts';
import type { Given } from '../core/scenario/scenario-schema.ts';
import type { PathTaken } from '../core/call/world.ts';
import { DialproofError } from '../core/errors.ts';
import { Failed } from './failed.ts';
import type { Failure, Happened, Played, WrittenStep } from './record.ts';
import type { Improviser } from './improviser.ts';
import type { Stage } from './stage.ts';
import { Rehearsal } from './rehearsal.ts';
import { stepText } from './step-text.ts';

/** One scenario of a file, and all that is given there. */
export interface ToPlay {
  readonly file: string;
  readonly callflow: string;
  readonly scenario: PlacedScenario;
  /** Of the file and the scenario. */
  readonly given: Given;
  readonly always: NonNullable<LoadedScenarios['scenarios']>['always'];
  /** Goes on where the steps end, in place of hanging up. */
  readonly improviser?: Improviser;
}

/** Opens the stage of one scenario. */
export type OpenStage = (scene: {
  readonly callflow: string;
  readonly given: Given;
  readonly took: (taken: PathTaken) => void;
  readonly fault: (reason: string) => void;
}) => Stage | Promise<Stage>;

/** The scenarios of a file, one by one; what a scenario gives stands over what the file gives. */
export function scenariosToPlay(file: string, loaded: NonNullable<LoadedScenarios['scenarios']>): readonly ToPlay[] {
  const { callflow, always } = loaded;
  return loaded.scenarios.map((scenario) => ({
    file,
    callflow,
    scenario,
    given: merged(loaded.given, scenario.given),
    always,
  }));
}

function merged(file: Given, own: Given): Given {
  return {
    ...file,
    ...own,
    services: { ...file.services, ...own.services },
    inputs: { ...file.inputs, ...own.inputs },
    'sends-fail': { ...file['sends-fail'], ...own['sends-fail'] },
    breaks: [...file.breaks, ...own.breaks],
    dial: own.dial === 'completed' ? file.dial : own.dial,
  };
}

const NOTHING_BREAKS = 'nothing breaks';
const REPORT = 'This is a fault of Dialproof itself: please report it with the scenario.';

/** Plays a scenario from its first call to its last. Whatever goes wrong with it is its failure. */
export async function playScenario(play: ToPlay, open: OpenStage): Promise<Played> {
  const began = performance.now();
  const taken: PathTaken[] = [];
  let rehearsal: Rehearsal | null = null;
  let stage: Stage | null = null;
  let failure: Failure | undefined;
  try {
    stage = await open({
      callflow: play.callflow,
      given: play.given,
      took(path) {
        taken.push(path);
        rehearsal?.note({ kind: 'took', taken: path });
      },
      fault: (reason) => rehearsal?.note({ kind: 'fault', reason }),
    });
    rehearsal = new Rehearsal(play, stage);
    await rehearsal.run();
    failure = faultIn(rehearsal.happened, play);
  } catch (error) {
    failure = failureOf(error, play);
  } finally {
    await stage?.close();
  }
  const happened = rehearsal?.happened ?? [];
  const { file, callflow, scenario } = play;
  return {
    file,
    callflow,
    name: scenario.name,
    at: scenario.at,
    outcome: failure === undefined ? 'passed' : 'failed',
    ...(failure === undefined ? {} : { failure }),
    ...(failure === undefined ? NOTHING_TO_TELL : tellingOf(play, happened)),
    happened,
    taken,
    calls: rehearsal?.calls ?? 0,
    lasted: rehearsal?.lasted ?? 0,
    ms: performance.now() - began,
  };
}

/** What only the report of a failure needs. */
type Telling = Pick<Played, 'steps' | 'codes' | 'expected' | 'heard'>;

const NOTHING_TO_TELL: Telling = { steps: [], codes: [], expected: [], heard: [] };

function tellingOf(play: ToPlay, happened: readonly Happened[]): Telling {
  return {
    steps: stepsOf(play),
    codes: happened.flatMap((each) => (each.kind === 'got' ? [each.code] : [])),
    expected: play.scenario.call.flatMap((step) => (typeof step === 'object' && 'hears' in step ? [step.hears] : [])),
    heard: happened.flatMap((each) =>
      each.kind === 'line' && each.prompts !== undefined ? (each.prompts[0] ?? []) : [],
    ),
  };
}

/** A call that survives a fault of ours may sound as it should: only a scenario that breaks something expects that. */
function faultIn(happened: readonly Happened[], { scenario, given }: ToPlay): Failure | undefined {
  const fault = happened.find((each) => each.kind === 'fault');
  if (fault === undefined || given.breaks.length > 0) return undefined;
  return {
    at: scenario.at,
    expected: NOTHING_BREAKS,
    instead: `Dialproof had a fault, and the call survived it: ${fault.reason}`,
    fix: REPORT,
    rule: NOTHING_BREAKS,
  };
}

function stepsOf({ scenario }: ToPlay): readonly WrittenStep[] {
  return scenario.call.map((step, index) => ({ text: stepText(step), at: scenario.place(['call', index]) }));
}

function failureOf(error: unknown, { scenario }: ToPlay): Failure {
  if (error instanceof Failed) return error.failure;
  const known = error instanceof DialproofError;
  const message = error instanceof Error ? error.message : String(error);
  return {
    at: scenario.at,
    expected: 'the call goes on',
    instead: message,
    fix: known ? (error.fix ?? '') : REPORT,
    rule: NOTHING_BREAKS,
  };
}
