import { KEPT, type Retention, type Rows } from '../../../core/contracts/store.ts';
import { isSilent, isSteady, LIBRARY_KEPT, REPLIES_KEPT, SIGN_INS_KEPT, UNCONFIRMED_KEPT } from '../kept-for.ts';
import { endCall } from './calls.ts';
import type { Call, Memory } from './memory.ts';

/** Removes what is past its retention; answers with what it removed. */
export function sweep(memory: Memory, now: number, { auditMs, repliesMs = REPLIES_KEPT }: Retention): Rows {
  hearCallsAnew(memory, now);
  for (const call of memory.calls.values()) {
    if (isSilent(call.lastSeenAt, now)) endCall(memory, call, { now, why: 'silent', codes: 'silent' });
  }
  const before = countRows(memory);
  for (const call of memory.calls.values()) {
    if (!call.isPurged && isPast(call.endedAt, now - repliesMs)) purge(memory, call);
    if (call.isPurged && isPast(call.endedAt, now - Math.max(auditMs, repliesMs))) forget(memory, call);
  }
  memory.audit = memory.audit.filter(({ at }) => !isPast(at, now - auditMs));
  forgetBudgets(memory, now);
  forgetAuthenticators(memory, { unconfirmed: now - UNCONFIRMED_KEPT, revoked: now - auditMs });
  forgetLibraries(memory, now - LIBRARY_KEPT);
  forgetDevices(memory, now - auditMs);
  forgetSignIns(memory, now - SIGN_INS_KEPT);
  const after = countRows(memory);
  return rowsOf((what) => before[what] - after[what]);
}

export function countRows(memory: Memory): Rows {
  const { calls, audit, codeCalls, authenticators, libraries, budgets } = memory;
  const inCalls = (count: (call: Call) => number): number => sum([...calls.values()].map(count));
  return {
    calls: calls.size,
    turns: inCalls(({ claims }) => claims.size),
    tasks: inCalls(({ tasks }) => tasks.size),
    charges: inCalls(({ charges }) => charges.sends.size + charges.attempts.size + charges.notices.size),
    challenges: inCalls(({ challenges }) => challenges.length),
    code_calls: codeCalls.size,
    grants: inCalls(({ grants }) => grants.length),
    audit: audit.length,
    budgets: sum([...budgets.values()].map((buckets) => buckets.size)),
    authenticators: authenticators.size,
    libraries: libraries.size,
    devices: memory.devices.size,
    device_tokens: memory.deviceTokens.size,
    sign_ins: memory.signIns.size,
  };
}

/** After a gap in time each call has its 4 hours anew. */
function hearCallsAnew(memory: Memory, now: number): void {
  if (!isSteady(memory.sweptAt, now)) {
    for (const call of memory.calls.values())
      if (call.endedAt === null) call.lastSeenAt = Math.max(call.lastSeenAt, now);
  }
  memory.sweptAt = now;
}

/** The CallSid and its grants stay: a captured start never sends again. */
function purge(memory: Memory, call: Call): void {
  const { claims, tasks, charges, challenges } = call;
  for (const kept of [claims, tasks, charges.sends, charges.attempts, charges.notices]) kept.clear();
  for (const { issued } of challenges) if (issued.tells) memory.codeCalls.delete(issued.report);
  challenges.length = 0;
  call.state = null;
  call.isPurged = true;
}

/** With what was written into it after its purge. */
function forget(memory: Memory, call: Call): void {
  purge(memory, call);
  memory.calls.delete(call.id);
}

function forgetBudgets({ budgets }: Memory, now: number): void {
  for (const [name, buckets] of budgets) {
    for (const [bucket, { pastAt }] of buckets) if (isPast(pastAt, now)) buckets.delete(bucket);
    if (buckets.size === 0) budgets.delete(name);
  }
}

function forgetAuthenticators({ authenticators }: Memory, before: { unconfirmed: number; revoked: number }): void {
  for (const [id, { authenticator }] of authenticators) {
    const { enrolledAt, confirmedAt, revokedAt } = authenticator;
    const isGivenUp = confirmedAt === null && isPast(enrolledAt, before.unconfirmed);
    if (isGivenUp || isPast(revokedAt, before.revoked)) authenticators.delete(id);
  }
}

/** Never the one kept last, nor one that a call stands in which can still be asked for. */
function forgetLibraries({ libraries, calls }: Memory, before: number): void {
  const newest = Math.max(...[...libraries.values()].map(({ keptAt }) => keptAt));
  const needed = new Set([...calls.values()].flatMap(({ isPurged, place }) => (isPurged ? [] : [place.revision])));
  for (const [revision, { keptAt }] of libraries) {
    if (isPast(keptAt, before) && keptAt < newest && !needed.has(revision)) libraries.delete(revision);
  }
}

function forgetDevices({ devices, deviceTokens }: Memory, before: number): void {
  for (const [id, { device }] of devices) if (isPast(device.revokedAt ?? device.expiresAt, before)) devices.delete(id);
  for (const [token, { device }] of deviceTokens) if (!devices.has(device)) deviceTokens.delete(token);
}

function forgetSignIns({ signIns }: Memory, before: number): void {
  for (const [token, { opened }] of signIns) if (isPast(opened.expiresAt, before)) signIns.delete(token);
}

function isPast(at: number | null, before: number): boolean {
  return at !== null && at <= before;
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, each) => total + each, 0);
}

function rowsOf(count: (what: keyof Rows) => number): Rows {
  return Object.fromEntries(KEPT.map((what) => [what, count(what)])) as Rows;
}
