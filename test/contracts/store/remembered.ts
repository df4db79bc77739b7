import type { DeviceSeen, NewDevice } from '../../../src/core/contracts/devices.ts';
import type { NewSignIn } from '../../../src/core/contracts/sign-ins.ts';
import type { Store } from '../../../src/core/contracts/store.ts';
import { ACCOUNT, begin, DAY, failTimes, fresh, MINUTE, T0 } from './caller.ts';

/** What the contracts of remembered browsers and of web sign-ins make their questions of. */
export function deviceOf(changes: Partial<NewDevice> = {}): NewDevice {
  return {
    id: fresh('device'),
    account: ACCOUNT,
    token: fresh('token'),
    fingerprint: 'as remembered',
    name: 'Chrome 1.2.3 on Windows',
    now: T0,
    expiresAt: T0 + 30 * DAY,
    most: 5,
    ...changes,
  };
}

export function seenOf(token: string, changes: Partial<DeviceSeen> = {}): DeviceSeen {
  return { token, account: ACCOUNT, fingerprint: 'as remembered', next: fresh('token'), now: T0, ...changes };
}

/** Keeps a device. */
export async function remembered(store: Store, changes: Partial<NewDevice> = {}): Promise<NewDevice> {
  const device = deviceOf(changes);
  await store.rememberDevice(device);
  return device;
}

export function signInOf(changes: Partial<NewSignIn> = {}): NewSignIn {
  return {
    token: fresh('page'),
    call: fresh('web'),
    account: ACCOUNT,
    user: ' 4711-Account ',
    returnTo: 'https://app.example/after',
    fingerprint: 'as told',
    browserName: 'Firefox on Linux',
    now: T0,
    expiresAt: T0 + 10 * MINUTE,
    ...changes,
  };
}

/** Opens a sign-in; answers with its token. */
export async function opens(store: Store, changes: Partial<NewSignIn> = {}): Promise<string> {
  const signIn = signInOf(changes);
  await store.openSignIn(signIn);
  return signIn.token;
}

export function passOf(token: string, changes: Partial<Parameters<Store['passSignIn']>[0]> = {}) {
  return {
    token,
    ticket: fresh('ticket'),
    ticketExpiresAt: T0 + MINUTE,
    ttl: 3_600,
    now: T0,
    byCode: false,
    ...changes,
  };
}

/** A sign-in that has passed; answers with its ticket. */
export async function passes(store: Store, changes: Partial<NewSignIn> = {}): Promise<string> {
  const pass = passOf(await opens(store, changes));
  if (!(await store.passSignIn(pass))) throw new Error('The sign-in did not pass.');
  return pass.ticket;
}

/** Ten wrong codes in a call: the account is locked. */
export async function locks(store: Store, now: number = T0): Promise<void> {
  await begin(store);
  await failTimes(store, 10, now);
}

/** Why each device of an account is revoked, by its id; null for one that is not. */
export async function revokedWhy(store: Store, account = ACCOUNT) {
  const devices = await store.devicesOf(account);
  return Object.fromEntries(devices.map(({ id, revokedWhy: why }) => [id, why]));
}
