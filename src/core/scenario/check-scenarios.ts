import type { Finding, Place } from '../callflow/finding.ts';
import { suggestion } from '../callflow/similar.ts';
import type { Library } from '../call/world.ts';
import { knownNames, promptOf, type KnownNames } from './known-names.ts';
import type { LoadedScenarios, PlacedScenario } from './load-scenarios.ts';
import type { Given, Step } from './scenario-schema.ts';

type Loaded = NonNullable<LoadedScenarios['scenarios']>;
type Path = readonly PropertyKey[];
type PlaceOf = (path: Path) => Place;

/** Words of `press` that are no options. */
const KEYS_AND_CODES = new Set(['star', 'hash', 'code', 'old-code', 'wrong-code']);

/**
 * What a file of scenarios names and the callflows do not have (CF601), or what cannot come up in a call (CF602): found
 * before anything is played.
 */
export function checkScenarios(
  loaded: Loaded,
  library: Library & { readonly flows: Iterable<{ readonly callflow: { readonly name: string } }> },
): readonly Finding[] {
  const [first] = loaded.scenarios;
  const flow = library.flow(loaded.callflow);
  if (first === undefined) return [];
  if (flow === undefined) {
    const callflows = [...library.flows].map(({ callflow }) => callflow.name);
    return [unknown('callflow', loaded.callflow, { known: callflows, at: first.file.place(['callflow']) })];
  }
  const names = knownNames(flow, library);
  const found = [
    ...givenFindings(loaded.given, names, { file: first.file, path: ['given'] }),
    ...ruleFindings(loaded, names, first),
    ...loaded.scenarios.flatMap((scenario) => scenarioFindings(scenario, names)),
  ];
  return distinct(found);
}

function scenarioFindings(scenario: PlacedScenario, names: KnownNames): Finding[] {
  const { given, call, ends } = scenario;
  return [
    ...givenFindings(given, names, { file: scenario.file, path: [...scenario.path, 'given'] }),
    ...call.flatMap((step, index) => stepFindings(step, names, (path) => scenario.place(['call', index, ...path]))),
    ...(ends === undefined ? [] : exitFindings(ends, names, scenario.place(['ends']))),
  ];
}

function stepFindings(step: Step, names: KnownNames, place: PlaceOf): Finding[] {
  if (typeof step === 'string') return [];
  if ('hears' in step) return promptFindings(step.hears, names, place(['hears']));
  if ('gets' in step) return methodFindings(step.gets, names, place(['gets']));
  if (!('press' in step) || !/^[a-z]/.test(step.press) || KEYS_AND_CODES.has(step.press)) return [];
  if (names.options.has(step.press)) return [];
  const known = [...names.options, ...KEYS_AND_CODES];
  return [unknown('option', step.press, { known, at: place(['press']) })];
}

function promptFindings(prompt: string, { prompts, inMenus }: KnownNames, at: Place): Finding[] {
  if (!prompts.has(prompt)) {
    const name = promptOf(prompt);
    const isNear = (text: string): boolean => (prompts.has(name) ? promptOf(text) === name : !text.includes('.'));
    return [unknown('prompt', prompt, { known: [...prompts].filter(isNear), at })];
  }
  if (!inMenus.has(prompt)) return [];
  const message = `A menu is heard as a whole, and "${prompt}" is a part of it.`;
  return [useless(message, `Write \`hears: ${promptOf(prompt)}\`; where the words matter, with \`wording\`.`, at)];
}

function methodFindings(method: string, { methods }: KnownNames, at: Place): Finding[] {
  if (methods.has(method)) return [];
  return [useless(`No code goes by ${method}: the callflow does not offer it.`, `It offers: ${list(methods)}.`, at)];
}

function exitFindings(exit: string, { exits }: KnownNames, at: Place): Finding[] {
  return exits.has(exit) ? [] : [unknown('exit', exit, { known: exits, at })];
}

function givenFindings(
  given: Given,
  names: KnownNames,
  { file, path }: Pick<PlacedScenario, 'file' | 'path'>,
): Finding[] {
  const key = (...part: readonly string[]): Place => file.placeOfKey([...path, ...part]);
  const services = Object.keys(given.services).flatMap((name) => {
    const at = key('services', name);
    if (!names.services.has(name)) return [unknown('service', name, { known: names.asked, at })];
    if (names.asked.has(name)) return [];
    return [useless(`Nobody asks the service "${name}" in these calls.`, `Asked are: ${list(names.asked)}.`, at)];
  });
  const inputs = Object.keys(given.inputs)
    .filter((name) => !names.inputs.has(name))
    .map((name) => unknown('variable', name, { known: names.inputs, at: key('inputs', name) }));
  const methods = Object.keys(given['sends-fail']).flatMap((method) =>
    methodFindings(method, names, key('sends-fail', method)),
  );
  const tasks = given.breaks
    .filter((task) => !names.verbs.has(task))
    .map((task) =>
      useless(`No block of these calls has the verb "${task}".`, 'Break a task that a call comes to.', key('breaks')),
    );
  return [...services, ...inputs, ...methods, ...tasks];
}

function ruleFindings({ always }: Loaded, names: KnownNames, { file }: PlacedScenario): Finding[] {
  return always.flatMap((rule, index) =>
    typeof rule === 'object' && 'ends' in rule
      ? rule.ends.flatMap((exit, n) => exitFindings(exit, names, file.place(['always', index, 'ends', n])))
      : [],
  );
}

function unknown(what: string, written: string, of: { readonly known: Iterable<string>; readonly at: Place }): Finding {
  const known = [...new Set(of.known)];
  return {
    code: 'CF601',
    severity: 'error',
    message: `There is no ${what} named "${written}".${suggestion(written, known)}`,
    fix: known.length === 0 ? 'There is none.' : `Known: ${list(known)}.`,
    at: of.at,
  };
}

function useless(message: string, fix: string, at: Place): Finding {
  return { code: 'CF602', severity: 'error', message, fix, at };
}

function list(names: Iterable<string>): string {
  return [...names].toSorted().join(', ');
}

/** A scenario with examples is there once for each of them. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((each) => [JSON.stringify(each), each])).values()];
}
