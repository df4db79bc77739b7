import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../src/core/sign-in/decide.ts';
import type { Hours, SignInDecision, SignInPolicy, SignInRequest } from '../../../src/core/sign-in/policy.ts';

const DAY = 86_400_000;
const NOW = 1_800_000_000_000;

const POLICY: SignInPolicy = {
  ttl: 3600,
  askAgain: { afterNoSignIn: 7 * DAY, afterAuthorisation: 30 * DAY, whenBrowserChanges: true },
  devices: { remembered: 30 * DAY, most: 5 },
  hours: null,
  exempt: [{ user: 'erp-sync', networks: ['10.1.0.0/16', '2001:db8::/32'] }],
};

const KNOWN: SignInRequest = {
  user: 'ana',
  address: '192.0.2.1',
  now: NOW,
  device: { lastSignInAt: NOW - DAY, lastAuthorisedAt: NOW - DAY, sameBrowser: true },
  minuteOfWeek: null,
};

const OFFICE: Hours = { zone: 'Europe/London', from: 420, to: 1200, days: [1, 2, 3, 4, 5], otherwise: 'ask' };
const NIGHT: Hours = { ...OFFICE, from: 1320, to: 360, days: [7] };
const minute = (day: number, hour: number, minutes = 0): number => (day - 1) * 1440 + hour * 60 + minutes;

const said = (request: Partial<SignInRequest>, policy: Partial<SignInPolicy> = {}): string => {
  const { kind, why } = decide({ ...POLICY, ...policy }, { ...KNOWN, ...request });
  return `${kind}: ${why}`;
};
const device = (changes: Partial<NonNullable<SignInRequest['device']>>): Partial<SignInRequest> => ({
  device: KNOWN.device && { ...KNOWN.device, ...changes },
});
const askAgain = (changes: Partial<SignInPolicy['askAgain']>): Partial<SignInPolicy> => ({
  askAgain: { ...POLICY.askAgain, ...changes },
});

describe('per device (E20)', () => {
  it('E1: E20: a device that is known signs in without a code, any other is asked for one', () => {
    expect(said({})).toBe('authorised: known-device');
    expect(said({ device: null })).toBe('ask: no-device');
  });

  it('E7: a browser that has changed is asked, unless the policy does not mind', () => {
    expect(said(device({ sameBrowser: false }))).toBe('ask: browser-changed');
    expect(said(device({ sameBrowser: false }), askAgain({ whenBrowserChanges: false }))).toBe(
      'authorised: known-device',
    );
  });

  it('a policy that remembers no device trusts none, whatever an older one has remembered', () => {
    expect(said({}, { devices: { remembered: 0, most: 5 } })).toBe('ask: no-device');
  });
});

describe('two clocks (E21)', () => {
  it('E21: without a sign-in for the period, a code is asked for', () => {
    expect(said(device({ lastSignInAt: NOW - 7 * DAY + 1 }))).toBe('authorised: known-device');
    expect(said(device({ lastSignInAt: NOW - 7 * DAY }))).toBe('ask: no-sign-in-for-long');
  });

  it('E21: so long after the last code another one is asked for, however often the device signed in', () => {
    expect(said(device({ lastAuthorisedAt: NOW - 30 * DAY + 1 }))).toBe('authorised: known-device');
    expect(said(device({ lastAuthorisedAt: NOW - 30 * DAY, lastSignInAt: NOW }))).toBe('ask: authorised-long-ago');
  });

  it('E21: a period of 0 always asks', () => {
    expect(said(device({ lastSignInAt: NOW }), askAgain({ afterNoSignIn: 0 }))).toBe('ask: no-sign-in-for-long');
    expect(said(device({ lastAuthorisedAt: NOW }), askAgain({ afterAuthorisation: 0 }))).toBe(
      'ask: authorised-long-ago',
    );
  });

  it.each([NOW + 1, NaN, Infinity, -Infinity])('a clock that makes no sense asks: last seen at %s', (at) => {
    expect(said(device({ lastSignInAt: at }))).toBe('ask: no-sign-in-for-long');
    expect(said(device({ lastAuthorisedAt: at }))).toBe('ask: authorised-long-ago');
    expect(said({ now: NaN })).toBe('ask: no-sign-in-for-long');
  });
});

describe('time of day (E1)', () => {
  it.each([
    ['Monday 06:59', OFFICE, minute(1, 6, 59), 'ask: outside-hours'],
    ['Monday 07:00', OFFICE, minute(1, 7), 'authorised: known-device'],
    ['Friday 19:59', OFFICE, minute(5, 19, 59), 'authorised: known-device'],
    ['Friday 20:00', OFFICE, minute(5, 20), 'ask: outside-hours'],
    ['Saturday noon', OFFICE, minute(6, 12), 'ask: outside-hours'],
    ['Sunday 22:00, hours over midnight', NIGHT, minute(7, 22), 'authorised: known-device'],
    ['Monday 05:59, hours of Sunday', NIGHT, minute(1, 5, 59), 'authorised: known-device'],
    ['Monday 06:00, hours of Sunday', NIGHT, minute(1, 6), 'ask: outside-hours'],
    ['Tuesday 05:00, hours of Sunday', NIGHT, minute(2, 5), 'ask: outside-hours'],
    [
      'Sunday 23:59, all day',
      { ...OFFICE, from: 0, to: 1440, days: [7] },
      minute(7, 23, 59),
      'authorised: known-device',
    ],
    ['Monday 00:00, all Sunday', { ...OFFICE, from: 0, to: 1440, days: [7] }, minute(1, 0), 'ask: outside-hours'],
    ['a zone that is not known', OFFICE, null, 'ask: outside-hours'],
    ['no minute of the week', OFFICE, NaN, 'ask: outside-hours'],
    ['a minute after the week', OFFICE, 10_080 + minute(1, 7), 'ask: outside-hours'],
    ['a day that there is not', { ...OFFICE, days: [100] }, minute(1, 12), 'ask: outside-hours'],
  ])('E1: %s', (_when, hours, minuteOfWeek, decision) => {
    expect(said({ minuteOfWeek }, { hours })).toBe(decision);
  });

  it('E1: outside of the hours nobody signs in where the policy refuses: not with a known device, nor with a code', () => {
    const hours: Hours = { ...OFFICE, otherwise: 'refuse' };
    expect(said({ minuteOfWeek: minute(6, 12) }, { hours })).toBe('refuse: outside-hours');
    expect(said({ minuteOfWeek: minute(6, 12), device: null }, { hours })).toBe('refuse: outside-hours');
    expect(said({ minuteOfWeek: minute(1, 12), device: null }, { hours })).toBe('ask: no-device');
  });
});

describe('services for integration (E25, E26)', () => {
  const service = { user: 'erp-sync', address: '10.1.2.3', device: null };

  it('E25: E26: pass by user and network, at any hour', () => {
    const hours: Hours = { ...OFFICE, otherwise: 'refuse' };
    expect(said({ ...service, minuteOfWeek: minute(7, 3) }, { hours })).toBe('authorised: exempt');
    expect(said({ ...service, address: '2001:db8::7' })).toBe('authorised: exempt');
  });

  it.each([
    ['the user from elsewhere', { address: '10.2.0.1' }],
    ['the user from nobody knows where', { address: '' }],
    ['another user from there', { user: 'ana' }],
    ['no user from there', { user: '' }],
  ])('E26: one of the two is not enough: %s', (_who, changes) => {
    expect(said({ ...service, ...changes })).toBe('ask: no-device');
    expect(said({ ...service, ...changes }, { exempt: [{ user: '', networks: ['10.3.0.0/16'] }] })).toBe(
      'ask: no-device',
    );
  });
});

describe('any policy and any sign-in', () => {
  const time = fc.oneof(fc.integer({ min: NOW - 40 * DAY, max: NOW + DAY }), fc.constantFrom(NaN, Infinity, -Infinity));
  const period = fc.constantFrom(0, DAY, 7 * DAY, 30 * DAY);
  const networks = fc.subarray(['10.1.0.0/16', '10.1.2.0/24', '2001:db8::/32', 'none']);
  const requests: fc.Arbitrary<SignInRequest> = fc.record({
    user: fc.constantFrom('ana', 'erp-sync', ''),
    address: fc.constantFrom('10.1.2.3', '10.1.9.9', '2001:db8::1', '', '?'),
    now: fc.oneof({ weight: 9, arbitrary: fc.constant(NOW) }, time),
    device: fc.option(
      fc.record({
        lastSignInAt: fc.oneof(fc.constant(NOW - 1), time),
        lastAuthorisedAt: fc.oneof(fc.constant(NOW - 1), time),
        sameBrowser: fc.boolean(),
      }),
    ),
    minuteOfWeek: fc.option(fc.integer({ min: -10, max: 10_090 })),
  });
  const policies: fc.Arbitrary<SignInPolicy> = fc.record({
    ttl: fc.nat(86_400),
    askAgain: fc.record({ afterNoSignIn: period, afterAuthorisation: period, whenBrowserChanges: fc.boolean() }),
    devices: fc.record({ remembered: period, most: fc.integer({ min: 1, max: 20 }) }),
    hours: fc.option(
      fc.record({
        zone: fc.constant('Europe/London'),
        from: fc.nat(1439),
        to: fc.nat(1440),
        days: fc.subarray([1, 2, 3, 4, 5, 6, 7]),
        otherwise: fc.constantFrom('ask', 'refuse'),
      }),
    ),
    exempt: fc.array(fc.record({ user: fc.constantFrom('ana', 'erp-sync', ''), networks }), { maxLength: 2 }),
  });

  it('nobody is authorised without a device or an exemption', () => {
    fc.assert(
      fc.property(policies, requests, (policy, request) => {
        const alone = decide({ ...policy, exempt: [] }, { ...request, device: null });
        expect(alone.kind).not.toBe('authorised');
      }),
    );
  });

  const TRUST: Readonly<Record<SignInDecision['kind'], number>> = { refuse: 0, ask: 1, authorised: 2 };
  /** Each way to trust less than before. */
  const LESS: Readonly<
    Record<string, (policy: SignInPolicy, request: SignInRequest) => [SignInPolicy, SignInRequest]>
  > = {
    'the device is gone': (policy, request) => [policy, { ...request, device: null }],
    'the browser has changed': (policy, request) => [
      policy,
      { ...request, device: request.device && { ...request.device, sameBrowser: false } },
    ],
    'it signed in longer ago': (policy, request) => [
      policy,
      { ...request, device: request.device && { ...request.device, lastSignInAt: request.device.lastSignInAt - DAY } },
    ],
    'the address is not known': (policy, request) => [policy, { ...request, address: '' }],
    'the time is not known': (policy, request) => [policy, { ...request, minuteOfWeek: null }],
    'browsers count': (policy, request) => [
      { ...policy, askAgain: { ...policy.askAgain, whenBrowserChanges: true } },
      request,
    ],
    'a period is shorter': (policy, request) => [
      { ...policy, askAgain: { ...policy.askAgain, afterAuthorisation: policy.askAgain.afterAuthorisation / 2 } },
      request,
    ],
    'no device is remembered': (policy, request) => [
      { ...policy, devices: { ...policy.devices, remembered: 0 } },
      request,
    ],
    'a day has no hours': (policy, request) => [
      { ...policy, hours: policy.hours && { ...policy.hours, days: policy.hours.days.slice(1) } },
      request,
    ],
    'an exemption is gone': (policy, request) => [{ ...policy, exempt: policy.exempt.slice(1) }, request],
    'networks are gone': (policy, request) => [
      { ...policy, exempt: policy.exempt.map((each) => ({ ...each, networks: each.networks.slice(1) })) },
      request,
    ],
  };

  it.each(Object.keys(LESS))('less trust never lets more people in: %s', (way) => {
    fc.assert(
      fc.property(policies, requests, (policy, request) => {
        // A clock that went back asks; an older time may be one that makes sense again.
        fc.pre(!(way === 'it signed in longer ago') || !((request.device?.lastSignInAt ?? 0) > request.now));
        const less = LESS[way]?.(policy, request) ?? [policy, request];
        expect(TRUST[decide(...less).kind]).toBeLessThanOrEqual(TRUST[decide(policy, request).kind]);
      }),
    );
  });
});
