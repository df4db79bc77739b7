import type { Keyring } from '../../../src/core/contracts/keyring.ts';
import type { Memory } from '../../../src/adapters/stores/memory/memory.ts';
import { openMemoryStore } from '../../../src/adapters/stores/memory/open-memory-store.ts';
import type { Damage, Opened } from '../../contracts/store/caller.ts';

/** A new store in memory, and a look into it. */
export function openedMemory(shared?: Keyring): Opened {
  const { store, keyring, memory } = openMemoryStore(shared === undefined ? {} : { keyring: shared });
  return {
    store,
    keyring,
    audit: async () =>
      memory.audit.map(({ call, at, kind, account, method = null, masked = null, detail = null }) => {
        const hash = account === undefined ? null : keyring.mac('account', [account]);
        return { call, at, kind, account: hash, method, masked, detail };
      }),
    closedWhy: async () => challengesIn(memory).map(({ closedWhy }) => closedWhy),
    states: async () => [...memory.calls.values()].filter(({ state }) => state !== null).length,
    damage: async (damage) => {
      write(memory, damage);
      writeSignIns(memory, damage);
    },
    remove: () => store.close(),
  };
}

function write(memory: Memory, { attempts, standing, sends, used, lastStep }: Damage): void {
  if (attempts !== undefined) for (const challenge of challengesIn(memory)) challenge.attempts = attempts;
  if (sends !== undefined) for (const call of memory.calls.values()) call.sends = sends;
  for (const [account, kept] of memory.accounts) memory.accounts.set(account, { ...kept, ...standing });
  const buckets = [...memory.budgets.values()].flatMap((each) => [...each]).toSorted(([a], [b]) => a - b);
  if (used !== undefined && buckets[0]) buckets[0][1].used = used;
  if (lastStep === undefined) return;
  for (const owned of memory.authenticators.values()) owned.authenticator = { ...owned.authenticator, lastStep };
}

function writeSignIns({ devices, deviceTokens, signIns }: Memory, damage: Damage): void {
  const { rememberedAt, replacedAt, expiresAt } = damage;
  for (const kept of devices.values()) {
    const { device } = kept;
    kept.device = {
      ...device,
      rememberedAt: rememberedAt ?? device.rememberedAt,
      expiresAt: expiresAt ?? device.expiresAt,
    };
  }
  for (const token of deviceTokens.values())
    if (token.replacedAt !== null) token.replacedAt = replacedAt ?? token.replacedAt;
  if (expiresAt === undefined) return;
  for (const kept of signIns.values()) {
    kept.opened = { ...kept.opened, expiresAt };
    kept.ticket &&= { ...kept.ticket, expiresAt };
  }
}

function challengesIn({ calls }: Memory) {
  return [...calls.values()].flatMap(({ challenges }) => challenges);
}
