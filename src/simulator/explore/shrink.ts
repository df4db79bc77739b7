import { METHODS } from '../../core/method.ts';
import type { Given, Step } from '../../core/scenario/scenario-schema.ts';
import { customerWith } from './generated-callers.ts';
import type { Scripted } from './explorer.ts';

/** Plays of one shrinking; each takes about a millisecond. */
const MOST_PLAYS = 3_000;

/**
 * A call that fails like this one, of which no step and nothing given can be left out. `again` plays one
 * and is null where it does not fail so.
 */
export async function shrink<Call extends Scripted>(
  call: Call,
  again: (candidate: Scripted) => Promise<Call | null>,
): Promise<Call> {
  const tried = new Set<string>();
  const better = async (than: Call): Promise<Call | null> => {
    for (const candidate of smaller(than)) {
      const name = JSON.stringify(candidate);
      if (tried.has(name)) continue;
      if (tried.size >= MOST_PLAYS) return null;
      tried.add(name);
      const found = await again(candidate);
      if (found !== null) return found;
    }
    return null;
  };
  let best = call;
  for (let next = await better(best); next !== null; next = await better(best)) best = next;
  return best;
}

/** What is tried in place of a call, the boldest first. */
function* smaller({ given, steps }: Scripted): Generator<Scripted> {
  for (const fewer of withoutSome(steps)) yield { given, steps: fewer };
  for (const simpler of simplerGivens(given)) {
    yield { given: simpler, steps };
    // With one method less, its question is not asked.
    for (let at = 0; at < steps.length; at += 1) yield { given: simpler, steps: steps.toSpliced(at, 1) };
  }
  for (const [at, step] of steps.entries())
    for (const simpler of simplerSteps(step)) yield { given, steps: steps.with(at, simpler) };
}

/** Half of the steps left out, then quarters, and so on down to single ones. */
function* withoutSome(steps: readonly Step[]): Generator<readonly Step[]> {
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let at = steps.length - size; at >= 0; at -= 1) yield steps.toSpliced(at, size);
}

function* simplerGivens(given: Given): Generator<Given> {
  const { customer, ...rest } = given;
  const usual = customerWith(['sms']);
  if (customer !== undefined && JSON.stringify(customer) !== JSON.stringify(usual)) yield { ...given, customer: usual };
  for (const service of Object.keys(given.services)) yield { ...given, services: without(given.services, service) };
  for (const method of METHODS) {
    if (given['sends-fail'][method] !== undefined)
      yield { ...given, 'sends-fail': without(given['sends-fail'], method) };
    if (customer?.[method] !== undefined) yield { ...given, customer: without(customer, method) };
  }
  if (given.breaks.length > 0) yield { ...given, breaks: [] };
  if (given.dial !== 'completed') yield { ...given, dial: 'completed' };
  for (const input of Object.keys(given.inputs)) yield { ...given, inputs: without(given.inputs, input) };
  if (customer !== undefined && Object.keys(customer).length === 0) yield rest;
}

/** What says more plainly what matters. */
function simplerSteps(step: Step): readonly Step[] {
  if (typeof step === 'string') return [];
  if ('press' in step && /^\d{2,}$/.test(step.press)) return [{ press: 'wrong-code' }];
  if ('press' in step && ['code', 'old-code'].includes(step.press)) return [{ press: 'wrong-code' }];
  return [];
}

function without<T extends object>(from: T, key: string): T {
  return Object.fromEntries(Object.entries(from).filter(([name]) => name !== key)) as T;
}
