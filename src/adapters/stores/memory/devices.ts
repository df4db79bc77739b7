import type { Device, DeviceStore, NewDevice } from '../../../core/contracts/devices.ts';
import { accountLocked, wouldBeOpen } from './accounts.ts';
import type { KeptDevice } from './kept-sign-ins.ts';
import type { Memory } from './memory.ts';
import { refused } from './refused.ts';

export function rememberDevice(memory: Memory, remembered: NewDevice): void {
  const { id, account, token, fingerprint, name, now, expiresAt } = remembered;
  if (!(remembered.most > 0)) return;
  if (wouldBeOpen(memory, account, now)) {
    if (memory.devices.has(id)) throw refused(`a device ${id} is there already`);
    if (memory.deviceTokens.has(token)) throw refused('a device has this token already');
  }
  if (accountLocked(memory, account, now)) return;
  makeRoom(memory, remembered);
  const times = { rememberedAt: now, expiresAt, lastSignInAt: now, lastAuthorisedAt: now };
  const device = { id, name, ...times, revokedAt: null, revokedWhy: null };
  memory.devices.set(id, { account, fingerprint, seenAt: now, device });
  memory.deviceTokens.set(token, { device: id, replacedAt: null });
  auditDevice(memory, { account, at: now, detail: `remembered ${id}` });
}

function makeRoom(memory: Memory, { account, most, now }: NewDevice): void {
  const inUse = owned(memory, account)
    .filter(({ device }) => device.revokedAt === null && device.expiresAt >= now)
    .toSorted((a, b) => b.seenAt - a.seenAt || byId(a.device, b.device));
  for (const { device } of inUse.slice(most - 1))
    revokeDevices(memory, { account, id: device.id, now, why: 'too-many' });
}

export function noteSignIn(
  { devices }: Memory,
  { id, now, authorised }: Parameters<DeviceStore['noteSignIn']>[0],
): void {
  const kept = devices.get(id);
  if (!kept || kept.device.revokedAt !== null) return;
  kept.device = { ...kept.device, lastSignInAt: now, ...(authorised ? { lastAuthorisedAt: now } : {}) };
  if (authorised) kept.fingerprint = authorised.fingerprint;
}

export function devicesOf(memory: Memory, account: string): readonly Device[] {
  return owned(memory, account)
    .map(({ device }) => device)
    .toSorted((a, b) => b.rememberedAt - a.rememberedAt || byId(a, b));
}

export function revokeDevices(
  memory: Memory,
  { account, id, now, why }: Parameters<DeviceStore['revokeDevices']>[0],
): number {
  const revoked = owned(memory, account).filter(
    ({ device }) => device.revokedAt === null && (id === undefined || device.id === id),
  );
  for (const kept of revoked) {
    kept.device = { ...kept.device, revokedAt: now, revokedWhy: why };
    auditDevice(memory, { account, at: now, detail: `revoked ${kept.device.id}: ${why}` });
  }
  return revoked.length;
}

function owned({ devices }: Memory, account: string): readonly KeptDevice[] {
  return [...devices.values()].filter((each) => each.account === account);
}

function byId(a: Device, b: Device): number {
  return a.id < b.id ? -1 : 1;
}

/** Of no call: a device outlives them. */
function auditDevice(memory: Memory, event: { account: string; at: number; detail: string }): void {
  memory.audit.push({ ...event, call: '', kind: 'device' });
}
