import { DEVICE_GRACE, type DeviceSeen, type Recognised } from '../../../core/contracts/devices.ts';
import { isWithin } from '../within.ts';
import { accountLocked, wouldBeOpen } from './accounts.ts';
import { revokeDevices } from './devices.ts';
import type { Memory } from './memory.ts';
import { refused } from './refused.ts';

/** Older tokens stay with their device: that one of them comes again is how a copy shows (security.md 7). */
export function recogniseDevice(memory: Memory, seen: DeviceSeen): Recognised {
  const { account, fingerprint, next, now } = seen;
  const token = memory.deviceTokens.get(seen.token);
  const kept = token && memory.devices.get(token.device);
  if (!kept) return { kind: 'unknown' };
  if (kept.account !== account) return { kind: 'of-another' };
  const { device } = kept;
  if (device.revokedAt !== null || !isWithin(device.rememberedAt, device.expiresAt, now)) return { kind: 'unknown' };
  const { replacedAt } = token;
  if (replacedAt !== null && !isWithin(replacedAt, replacedAt + DEVICE_GRACE, now)) {
    revokeDevices(memory, { account, id: device.id, now, why: 'reused' });
    return { kind: 'reused' };
  }
  if (replacedAt === null && memory.deviceTokens.has(next) && wouldBeOpen(memory, account, now))
    throw refused('a device has this token already');
  if (accountLocked(memory, account, now)) return { kind: 'unknown' };
  if (replacedAt === null) {
    token.replacedAt = now;
    memory.deviceTokens.set(next, { device: device.id, replacedAt: null });
    kept.seenAt = now;
  }
  return { kind: 'known', device, sameBrowser: kept.fingerprint === fingerprint, rotated: replacedAt === null };
}
