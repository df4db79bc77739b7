import type { Given, Rule, Step } from '../../core/scenario/scenario-schema.ts';
import { METHODS } from '../../core/method.ts';
import type { Improviser } from '../improviser.ts';
import { playScenario, type ToPlay } from '../play-scenario.ts';
import type { Played } from '../record.ts';
import type { Simulator } from '../simulator.ts';
import { customerWith } from './generated-callers.ts';
import { agreedRules, distinctRules, flowsFrom, generalRules } from './general-rules.ts';

/** A call that can be made again. */
export interface Scripted {
  readonly given: Given;
  readonly steps: readonly Step[];
}

/** A call that broke a rule. */
export interface Found extends Scripted {
  readonly callflow: string;
  /** As a scenario writes it, for example `always: sends: { at-most: 3 }`. */
  readonly rule: string;
  /** What was so in its place, as a sentence. */
  readonly instead: string;
}

const NOWHERE = { file: '', line: 1, column: 1 };
const USUAL: Given = { 'sends-fail': {}, breaks: [], dial: 'completed', inputs: {}, services: {} };

/** Calls one callflow, each time with nothing left from before, and knows what must hold. */
export class Explorer {
  readonly simulator: Simulator;
  readonly callflow: string;
  readonly rules: readonly Rule[];
  /** What its scenarios give, and what they do. */
  readonly examples: readonly Scripted[];
  /** The services that its calls may ask. */
  readonly services: readonly string[];

  constructor(simulator: Simulator, callflow: string, scenarios: readonly ToPlay[]) {
    const own = scenarios.filter((each) => each.callflow === callflow);
    const flows = flowsFrom(simulator.library, callflow);
    this.simulator = simulator;
    this.callflow = callflow;
    const files = new Map(own.map(({ file, always }) => [file, always]));
    this.rules = distinctRules([...agreedRules([...files.values()]), ...generalRules(flows)]);
    this.examples = own.map(({ given, scenario }) => ({ given, steps: scenario.call }));
    this.services = [...new Set(flows.flatMap((flow) => Object.keys(flow.callflow.services)))];
  }

  /** What scenarios give, each once, and a customer who has all there is. */
  get givens(): readonly Given[] {
    const all = [...this.examples.map(({ given }) => given), { ...USUAL, customer: customerWith(METHODS) }];
    return [...new Map(all.map((given) => [JSON.stringify(given), given])).values()];
  }

  play({ given, steps }: Scripted, improviser?: Improviser): Promise<Played> {
    const scenario = {
      name: '',
      given,
      call: [...steps],
      count: {},
      at: NOWHERE,
      place: () => NOWHERE,
      path: [],
      file: { place: () => NOWHERE, placeOfKey: () => NOWHERE },
    };
    const play: ToPlay = { file: '', callflow: this.callflow, scenario, given, always: [...this.rules] };
    const withCaller = improviser === undefined ? play : { ...play, improviser };
    return playScenario(withCaller, (scene) => this.simulator.open(scene));
  }

  /** The rule that a call breaks; null where it breaks none, or cannot be made. */
  brokenBy(call: Scripted, { failure }: Played): Found | null {
    if (failure?.rule === undefined) return null;
    const { given, steps } = call;
    return { callflow: this.callflow, rule: failure.rule, instead: failure.instead, given, steps };
  }
}
