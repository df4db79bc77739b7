import type { Device, RevokeReason } from '../../../core/contracts/devices.ts';
import { isWithin } from '../within.ts';
import type { Vault } from '../vault.ts';

export type DeviceRow = {
  readonly id: string;
  readonly account_hash: string;
  readonly fingerprint_hash: string;
  readonly name: Uint8Array;
  readonly remembered_at: number;
  readonly expires_at: number;
  readonly last_sign_in_at: number;
  readonly last_authorised_at: number;
  readonly revoked_at: number | null;
  readonly revoked_why: RevokeReason | null;
};

export const DEVICE_COLUMNS = `id, account_hash, fingerprint_hash, name, remembered_at, expires_at,
  last_sign_in_at, last_authorised_at, revoked_at, revoked_why`;

/** Throws where its name was sealed for another device. */
export function deviceOf(vault: Vault, row: DeviceRow): Device {
  return {
    id: row.id,
    name: Buffer.from(vault.open(row.name, namePlace(row.account_hash, row.id))).toString('utf8'),
    rememberedAt: row.remembered_at,
    expiresAt: row.expires_at,
    lastSignInAt: row.last_sign_in_at,
    lastAuthorisedAt: row.last_authorised_at,
    revokedAt: row.revoked_at,
    revokedWhy: row.revoked_why,
  };
}

/** Whether its tokens count. */
export function isTrusted({ revoked_at, remembered_at, expires_at }: DeviceRow, now: number): boolean {
  return revoked_at === null && isWithin(remembered_at, expires_at, now);
}

export function sealedName(vault: Vault, name: string, { hash, id }: { hash: string; id: string }): Uint8Array {
  return vault.seal(Buffer.from(name, 'utf8'), namePlace(hash, id));
}

export function tokenHash(vault: Vault, token: string): string {
  return vault.mac('device token', [token]);
}

/** Of one device alone: equal browsers of two accounts are not told by it. */
export function fingerprintHash(vault: Vault, id: string, fingerprint: string): string {
  return vault.mac('fingerprint', [id, fingerprint]);
}

function namePlace(hash: string, id: string): readonly string[] {
  return ['device', hash, id];
}
