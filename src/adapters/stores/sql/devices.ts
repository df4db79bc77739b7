import type { Device, DeviceStore, NewDevice, RevokeReason } from '../../../core/contracts/devices.ts';
import type { Vault } from '../vault.ts';
import { accountLocked, holdAccount } from './accounts.ts';
import { accountHash, audit } from './audit.ts';
import { DEVICE_COLUMNS, deviceOf, fingerprintHash, sealedName, tokenHash, type DeviceRow } from './device-rows.ts';
import { all, change, type Operation } from './operation.ts';

export function* rememberDevice(vault: Vault, device: NewDevice): Operation<void> {
  const { id, now } = device;
  yield* holdAccount(vault, device.account);
  if (!(device.most > 0) || (yield* accountLocked(vault, device.account, now))) return;
  const hash = accountHash(vault, device.account);
  yield* makeRoom(hash, device);
  yield* change(
    `INSERT INTO devices (id, account_hash, fingerprint_hash, name, remembered_at, expires_at, seen_at,
       last_sign_in_at, last_authorised_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    id,
    hash,
    fingerprintHash(vault, id, device.fingerprint),
    sealedName(vault, device.name, { hash, id }),
    now,
    device.expiresAt,
    now,
    now,
    now,
  );
  yield* change('INSERT INTO device_tokens (token_hash, device_id) VALUES (?, ?)', tokenHash(vault, device.token), id);
  yield* auditDevice(`remembered ${id}`, hash, now);
}

function* makeRoom(hash: string, { most, now }: NewDevice): Operation<void> {
  const inUse = yield* all<{ id: string }>(
    `SELECT id FROM devices WHERE account_hash = ? AND revoked_at IS NULL AND expires_at >= ?
     ORDER BY seen_at DESC, id`,
    hash,
    now,
  );
  for (const { id } of inUse.slice(most - 1)) yield* revokeDevicesOf(hash, { id, now, why: 'too-many' });
}

export function* noteSignIn(
  vault: Vault,
  { id, now, authorised }: Parameters<DeviceStore['noteSignIn']>[0],
): Operation<void> {
  yield* change('UPDATE devices SET last_sign_in_at = ? WHERE id = ? AND revoked_at IS NULL', now, id);
  if (authorised)
    yield* change(
      'UPDATE devices SET last_authorised_at = ?, fingerprint_hash = ? WHERE id = ? AND revoked_at IS NULL',
      now,
      fingerprintHash(vault, id, authorised.fingerprint),
      id,
    );
}

export function* devicesOf(vault: Vault, account: string): Operation<readonly Device[]> {
  const rows = yield* all<DeviceRow>(
    `SELECT ${DEVICE_COLUMNS} FROM devices WHERE account_hash = ? ORDER BY remembered_at DESC, id`,
    accountHash(vault, account),
  );
  return rows.map((row) => deviceOf(vault, row));
}

export function revokeDevices(
  vault: Vault,
  { account, ...revoke }: Parameters<DeviceStore['revokeDevices']>[0],
): Operation<number> {
  return revokeDevicesOf(accountHash(vault, account), revoke);
}

/** All of the account, or the one of this id; answers with how many that were. */
export function* revokeDevicesOf(
  hash: string,
  { id, now, why }: { readonly id?: string; readonly now: number; readonly why: RevokeReason },
): Operation<number> {
  const revoked = yield* all<{ id: string }>(
    `UPDATE devices SET revoked_at = ?, revoked_why = ?
     WHERE account_hash = ? AND revoked_at IS NULL ${id === undefined ? '' : 'AND id = ?'} RETURNING id`,
    now,
    why,
    hash,
    ...(id === undefined ? [] : [id]),
  );
  for (const each of revoked) yield* auditDevice(`revoked ${each.id}: ${why}`, hash, now);
  return revoked.length;
}

/** Of no call: a device outlives them. */
function* auditDevice(detail: string, hash: string, at: number): Operation<void> {
  yield* audit('', { kind: 'device', at, accountHash: hash, detail });
}
