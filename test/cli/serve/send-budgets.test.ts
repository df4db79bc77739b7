import { describe, expect, it } from 'vitest';
import { readEnvironment } from '../../../src/cli/environment.ts';
import { refusedByProfile } from '../../../src/cli/serve/requirements.ts';
import { beyondBudgets, lookupBudgets, noticeBudgets, sendBudgets } from '../../../src/cli/serve/send-budgets.ts';
import { flowOf, shippedLibrary } from '../../core/support.ts';

const HOUR = 3_600_000;
const SEND = { account: '1001', destination: '+12025550121' };

describe('the budgets of a send', () => {
  it('are those of the security rules in production', () => {
    const budgets = sendBudgets(readEnvironment({}), true)(SEND);
    expect(budgets.map(({ name, value, most, within }) => [name, value, most, within / HOUR])).toEqual([
      ['destination', '+12025550121', 5, 1 / 6],
      ['destination', '+12025550121', 10, 24],
      ['prefix', '+1202555', 20, 1],
      ['account', '1001', 10, 24],
      ['hour', '', 1000, 1],
    ]);
    expect(lookupBudgets(readEnvironment({}), true)('+12025550199')).toEqual([
      { name: 'lookups', value: '+12025550199', most: 10, within: HOUR },
    ]);
  });

  it('are a thousand times as large for the demo, but for those that are set', () => {
    const budgets = sendBudgets(readEnvironment({ SENDS_PER_ACCOUNT: '3/1h' }), false)(SEND);
    expect(budgets.map(({ name, most }) => [name, most])).toEqual([
      ['destination', 5_000],
      ['destination', 10_000],
      ['prefix', 20_000],
      ['account', 3],
      ['hour', 1_000_000],
    ]);
  });

  it('have no prefix where codes go by email, and no destination where nobody knows it', () => {
    const names = (destination: string) =>
      sendBudgets(readEnvironment({}), true)({ ...SEND, destination }).map(({ name }) => name);
    expect(names('ana@example.test')).toEqual(['destination', 'destination', 'account', 'hour']);
    expect(names('')).toEqual(['account', 'hour']);
  });
});

it('the budgets of a notice are those of all sends together, and ones that no code is charged to', () => {
  const budgets = noticeBudgets(readEnvironment({}), true)('+12025550121');
  expect(budgets.map(({ name, value, most, within }) => [name, value, most, within / HOUR])).toEqual([
    ['notices', '+12025550121', 10, 24],
    ['notices-prefix', '+1202555', 20, 1],
    ['hour', '', 1000, 1],
  ]);
});

describe('SENDS_PER_COUNTRY', () => {
  const of = (set: string, destination: string) =>
    sendBudgets(
      readEnvironment({ SENDS_PER_COUNTRY: set }),
      true,
    )({ ...SEND, destination })
      .filter(({ name }) => name === 'country')
      .map(({ value, most, within }) => [value, most, within / HOUR]);

  it.each<[set: string, destination: string, budgets: readonly (readonly [string, number, number])[]]>([
    ['50/1h', '+12025550121', [['US', 50, 1]]],
    ['50/1h,US=500/1h', '+12025550121', [['US', 500, 1]]],
    [
      '50/1h, us=500/1h,US=5000/24h',
      '+12025550121',
      [
        ['US', 500, 1],
        ['US', 5000, 24],
      ],
    ],
    ['50/1h,US=500/1h', '+447400123456', [['GB', 50, 1]]],
    ['US=500/1h', '+447400123456', []],
    ['50/1h', 'ana@example.test', []],
    ['50/1h', '', []],
  ])('%s, to %s', (set, destination, budgets) => {
    expect(of(set, destination)).toEqual(budgets);
  });

  it('counts notices of locks as well', () => {
    const budgets = noticeBudgets(readEnvironment({ SENDS_PER_COUNTRY: 'US=500/1h' }), true)('+12025550121');
    expect(budgets).toContainEqual({ name: 'country', value: 'US', most: 500, within: HOUR });
  });

  it.each(['US', 'US=', 'USA=5/1h', '5/1h/2', 'US=5'])('%s is told as what it is', (set) => {
    expect(() => readEnvironment({ SENDS_PER_COUNTRY: set })).toThrow(
      `SENDS_PER_COUNTRY must be like 50/1h,US=500/1h: so many within so long for each country, and for some another; "${set}" is not`,
    );
  });
});

describe('a budget above its default', () => {
  it.each([
    ['SENDS_PER_HOUR', '1001'],
    ['SENDS_PER_DESTINATION', '6/10m,10/24h'],
    ['SENDS_PER_DESTINATION', '5/10m'],
    ['SENDS_PER_PREFIX', '1/1m'],
    ['SENDS_PER_ACCOUNT', '1/1h'],
    ['LOOKUPS_PER_CALLER', '11/1h'],
  ])('%s=%s is found', (name, value) => {
    expect(beyondBudgets(readEnvironment({ [name]: value }))).toEqual([
      expect.stringContaining(`${name} allows more than `),
    ]);
  });

  it.each([
    ['SENDS_PER_HOUR', '1000'],
    ['SENDS_PER_DESTINATION', '5/24h'],
    ['SENDS_PER_DESTINATION', '1/10m,9/48h'],
    ['SENDS_PER_PREFIX', '20/2h'],
    ['SENDS_PER_ACCOUNT', '5/12h'],
    ['LOOKUPS_PER_CALLER', '1/10m'],
  ])('%s=%s is none', (name, value) => {
    expect(beyondBudgets(readEnvironment({ [name]: value }))).toEqual([]);
  });
});

describe('PROFILE=strict', () => {
  const refused = (settings: Readonly<Record<string, string>>) =>
    refusedByProfile(shippedLibrary(), readEnvironment(settings));

  it('refuses codes by email, callflow by callflow, and what ALLOW_NONCONFORMANT permits', () => {
    expect(refused({})).toEqual([]);
    expect(refused({ PROFILE: 'strict', ALLOW_NONCONFORMANT: 'true' })).toEqual([
      'PROFILE=strict refuses codes by email; take email out of the methods of "two-factor"',
      'PROFILE=strict refuses what ALLOW_NONCONFORMANT permits; leave one of them out',
    ]);
  });

  it('refuses web sign-in that remembers devices, however short', () => {
    const web = (section: string): readonly string[] =>
      refusedByProfile(
        flowOf(`callflow: web\nstart: hello\nblocks: { hello: { say: goodbye, next: error } }\n${section}`),
        readEnvironment({ PROFILE: 'strict' }),
      );
    const refusal =
      'PROFILE=strict refuses sign-ins without a code; write `devices: { remembered: 0 }` under `sign-in` in "web"';
    expect(web('sign-in: {}')).toEqual([refusal]);
    expect(web('sign-in: { devices: { remembered: 1ms } }')).toEqual([refusal]);
    expect(web('sign-in: { devices: { remembered: 0 } }')).toEqual([]);
    expect(web('')).toEqual([]);
  });
});
