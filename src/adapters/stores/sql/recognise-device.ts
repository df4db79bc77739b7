import { DEVICE_GRACE, type DeviceSeen, type Recognised } from '../../../core/contracts/devices.ts';
import { isWithin } from '../within.ts';
import type { Vault } from '../vault.ts';
import { accountLocked, holdAccount } from './accounts.ts';
import { accountHash } from './audit.ts';
import { DEVICE_COLUMNS, deviceOf, fingerprintHash, isTrusted, tokenHash, type DeviceRow } from './device-rows.ts';
import { revokeDevicesOf } from './devices.ts';
import { change, first, type Operation } from './operation.ts';

/** Older tokens stay with their device: that one of them comes again is how a copy shows (security.md 7). */
export function* recogniseDevice(vault: Vault, seen: DeviceSeen): Operation<Recognised> {
  const { account, now } = seen;
  yield* holdAccount(vault, account);
  const row = yield* first<DeviceRow & { readonly replaced_at: number | null }>(
    `SELECT ${DEVICE_COLUMNS}, replaced_at
     FROM device_tokens JOIN devices ON devices.id = device_tokens.device_id WHERE token_hash = ?`,
    tokenHash(vault, seen.token),
  );
  if (!row) return { kind: 'unknown' };
  if (row.account_hash !== accountHash(vault, account)) return { kind: 'of-another' };
  if (!isTrusted(row, now)) return { kind: 'unknown' };
  const { id, replaced_at: replacedAt } = row;
  if (replacedAt !== null && !isWithin(replacedAt, replacedAt + DEVICE_GRACE, now)) {
    yield* revokeDevicesOf(row.account_hash, { id, now, why: 'reused' });
    return { kind: 'reused' };
  }
  if (yield* accountLocked(vault, account, now)) return { kind: 'unknown' };
  if (replacedAt === null) yield* rotate(vault, id, seen);
  const sameBrowser = row.fingerprint_hash === fingerprintHash(vault, id, seen.fingerprint);
  return { kind: 'known', device: deviceOf(vault, row), sameBrowser, rotated: replacedAt === null };
}

function* rotate(vault: Vault, id: string, { token, next, now }: DeviceSeen): Operation<void> {
  yield* change('UPDATE device_tokens SET replaced_at = ? WHERE token_hash = ?', now, tokenHash(vault, token));
  yield* change('INSERT INTO device_tokens (token_hash, device_id) VALUES (?, ?)', tokenHash(vault, next), id);
  yield* change('UPDATE devices SET seen_at = ? WHERE id = ?', now, id);
}
