import type { Device, RevokeReason } from '../../core/contracts/devices.ts';
import { inUtc } from '../in-utc.ts';
import { tableOf } from '../table.ts';

const WHY: Readonly<Record<RevokeReason, string>> = {
  asked: 'somebody asked for it',
  locked: 'its account was locked',
  'factor-changed': 'an authenticator was confirmed or revoked',
  reused: 'an old token of it came again, which somebody may have copied',
  'too-many': 'another one took its place',
};

/** A table of the devices of an account; times are UTC. */
export function listed(devices: readonly Device[], now: number): string {
  if (devices.length === 0) return 'No browser is remembered.\n';
  const head = ['id', 'browser', 'last sign-in', 'last code', 'state'];
  return tableOf([head, ...devices.map((each) => rowOf(each, now))]);
}

function rowOf(device: Device, now: number): readonly string[] {
  const { id, name, lastSignInAt, lastAuthorisedAt } = device;
  return [id, shown(name), inUtc(lastSignInAt), inUtc(lastAuthorisedAt), stateOf(device, now)];
}

function stateOf({ expiresAt, revokedAt, revokedWhy }: Device, now: number): string {
  if (revokedAt !== null) return `revoked ${inUtc(revokedAt)}${revokedWhy === null ? '' : `: ${WHY[revokedWhy]}`}`;
  return now > expiresAt ? `expired ${inUtc(expiresAt)}` : `good until ${inUtc(expiresAt)}`;
}

/** The browser says its name itself: it must not steer the operator's terminal. */
function shown(name: string): string {
  return name.replaceAll(/\p{C}/gu, '?').slice(0, 40);
}
