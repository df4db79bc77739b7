import fc, { type Arbitrary } from 'fast-check';
import type { Given, Step } from '../../core/scenario/scenario-schema.ts';
import { METHODS, type Method } from '../../core/method.ts';
import type { Manner, Move } from './caller.ts';

/** A caller before it is known which calls have led somewhere. */
export interface Generated {
  readonly given: Given;
  readonly moves: readonly Move[];
  /** Whether it begins like an earlier call, which one, and how much of it. */
  readonly follows: boolean;
  readonly earlier: number;
  readonly cut: number;
}

/** More questions than a reasonable call has. */
const MOST_MOVES = 16;

const CONTACTS = {
  email: 'ana@example.test',
  sms: '+12025550156',
  voice: '+12025550167',
  authenticator: true,
} as const satisfies Record<Method, unknown>;

/** So many callers; the same seed makes the same ones. `givens`: what the scenarios of the callflow give. */
export function generatedCallers(
  count: number,
  from: { readonly seed: number; readonly givens: readonly Given[]; readonly services: readonly string[] },
): readonly Generated[] {
  const arbitrary = fc.record({
    given: givenOf(from.givens, from.services),
    moves: fc.oneof({ weight: 3, arbitrary: fc.array(moveOf(), { maxLength: MOST_MOVES }) }, stubborn()),
    follows: fc.boolean(),
    earlier: fc.nat(),
    cut: fc.nat(),
  });
  return fc.sample(arbitrary, { seed: from.seed, numRuns: count });
}

/** Callers who insist come to the limits. */
function stubborn(): Arbitrary<readonly Move[]> {
  return fc
    .tuple(fc.array(moveOf(), { maxLength: 3 }), fc.array(moveOf(), { minLength: 1, maxLength: 2 }))
    .map(([first, again]) => [...first, ...Array.from({ length: 12 / again.length }, () => again).flat()]);
}

function moveOf(): Arbitrary<Move> {
  return fc.record({
    manner: oftener<Manner>([12, 'on'], [5, 'astray'], [1, 'key'], [2, 'silent'], [1, 'leave']),
    pick: fc.nat(999),
    before: oftener<readonly Step[]>(
      [30, []],
      [4, [{ later: 25_000 }]],
      [2, [{ later: 6 * 60_000 }]],
      [1, [{ later: 35 * 60_000 }]],
      [1, [{ elsewhere: 'locked' }]],
    ),
    after: oftener<readonly Step[]>(
      [30, []],
      [3, ['repeat']],
      [1, [{ fallback: 11_200 }]],
      [1, [{ fallback: 12_100 }]],
    ),
  });
}

/** Mostly as a scenario gives it, or another customer; now and then something is out of order. */
function givenOf(givens: readonly Given[], services: readonly string[]): Arbitrary<Given> {
  const fixture = oftener<Given['services'][string]>(
    [1, { fail: true }],
    [1, { delay: 4_000 }],
    [1, { status: 'not found' }],
  );
  const failing = fc.dictionary(
    fc.constantFrom(...METHODS.slice(0, 3)),
    fc.constantFrom('unreachable', 'rejected', 'error'),
    {
      minKeys: 1,
      maxKeys: 2,
    },
  );
  return fc
    .record({
      base: fc.constantFrom(...givens),
      customer: rarely(fc.subarray([...METHODS]), 2),
      'sends-fail': rarely(failing as Arbitrary<Given['sends-fail']>, 8),
      breaks: rarely(fc.constantFrom<Given['breaks']>(['find-methods'], ['send-code'], ['verify-code']), 25),
      dial: rarely(fc.constantFrom<Given['dial']>('busy', 'no-answer', 'failed'), 8),
      services: rarely(
        services.length === 0 ? fc.constant({}) : fc.dictionary(fc.constantFrom(...services), fixture, { maxKeys: 2 }),
        8,
      ),
    })
    .map(({ base, customer, ...others }) => ({
      ...base,
      ...(customer === null ? {} : { customer: customerWith(customer) }),
      ...Object.fromEntries(Object.entries(others).filter(([, value]) => value !== null)),
    }));
}

export function customerWith(methods: readonly Method[]): NonNullable<Given['customer']> {
  return Object.fromEntries(methods.map((method) => [method, CONTACTS[method]]));
}

/** Null, but once in so many. */
function rarely<T>(arbitrary: Arbitrary<T>, once: number): Arbitrary<T | null> {
  return fc.oneof({ weight: once - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

function oftener<T>(...weighed: readonly (readonly [weight: number, value: T])[]): Arbitrary<T> {
  return fc.oneof(...weighed.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
}
