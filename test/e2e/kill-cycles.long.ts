/** A server that is killed again and again while calls go on: nothing that was acknowledged is lost, nothing happens twice. */
import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Address } from '../support/caller.ts';
import { startCompany, type Company } from '../support/company.ts';
import { Customer } from '../support/customer.ts';
import { ServerProcesses } from '../support/server-processes.ts';

const CYCLES = 50;
const ON = [
  ['a server on an SQLite file', { store: 'sqlite', processes: 1 }],
  ['each of two servers on one PostgreSQL in turn', { store: 'postgres', processes: 2 }],
] as const;
/** Calls at the same time. A turn whose process died waits 8 s for the next one to take it over. */
const LINES = 30;
/** Webhooks that each server answers before it is killed. */
const ANSWERED = 40;

let servers: ServerProcesses;
let company: Company;
let address: Address;

interface Seen {
  answered: number;
  calls: number;
  verified: number;
  entries: number;
  sends: number;
  repeats: number;
  notSent: number;
}

/** One whole call, held against what is stored and what has arrived. */
async function oneCall(account: string, seen: Seen): Promise<void> {
  const customer = new Customer(address, {
    account,
    codes: () => company.codesOf(account),
    thinks: 600,
    onAnswer: () => void (seen.answered += 1),
  });
  const verified = await customer.calls();
  const codes = company.codesOf(account);
  const told = (words: string): number =>
    new Set(customer.answered.map(({ body }) => body).filter((body) => body.includes(words))).size;
  const counts = await servers.counts(customer);
  // Each entry was charged once, however often its webhook came.
  expect(counts).toMatchObject({ attempts: customer.entries, grants: verified ? 1 : 0 });
  // What was acknowledged as sent was counted and has arrived; what arrived was counted, and none of it twice.
  expect(counts.sends).toBeLessThanOrEqual(customer.sends);
  expect(codes.length).toBeLessThanOrEqual(counts.sends);
  expect(codes.length).toBeGreaterThanOrEqual(told('We emailed a code'));
  seen.calls += 1;
  seen.verified += verified ? 1 : 0;
  seen.entries += customer.entries;
  seen.sends += customer.sends;
  seen.repeats += customer.repeats;
  seen.notSent += told('could not send');
  if (seen.calls % 10 > 0) return;
  // A start of a call that is over is hung up; one that was sent round once is answered by what it came to.
  const kept = customer.answered.filter(({ url, body }) => url.includes('/voice/turn/') && !isRoundTrip(body));
  for (const heard of kept) {
    const again = await customer.repeat(heard).catch(() => null);
    if (again !== null) expect(again.body).toBe(heard.body);
  }
}

function isRoundTrip(body: string): boolean {
  return /<Response><Redirect[^>]*>[^<]+<\/Redirect><\/Response>/.test(body);
}

describe.each(ON)('kill -9 of %s', (_what, options) => {
  beforeAll(async () => {
    company = await startCompany();
    const settings = { ...company.settings, LOG_LEVEL: 'silent' };
    servers = await ServerProcesses.start({ settings, hosts: [company.host], ...options });
    address = servers.alternating;
  });
  afterAll(async () => {
    await servers.close();
    await company.close();
  });

  it(`${CYCLES} times under ${LINES} calls: nothing is lost, nothing happens twice`, { timeout: 600_000 }, async () => {
    const seen: Seen = { answered: 0, calls: 0, verified: 0, entries: 0, sends: 0, repeats: 0, notSent: 0 };
    const ready: number[] = [];
    const over = new AbortController();
    let accounts = 20_000;
    const line = async (): Promise<void> => {
      while (!over.signal.aborted) await oneCall(String((accounts += 1)), seen);
    };
    const lines = Array.from({ length: LINES }, line);
    const killing = (async () => {
      for (let cycle = 0; cycle < CYCLES; cycle++) {
        const answered = seen.answered;
        while (seen.answered < answered + ANSWERED) await pause(5);
        await pause(randomInt(300));
        ready.push(await servers.crash(cycle % options.processes));
      }
      over.abort();
    })();
    await Promise.all([killing, ...lines]);
    ready.sort((a, b) => a - b);
    const ms = (at: number): string => `${Math.round(ready[Math.floor(at * (ready.length - 1))] ?? 0)} ms`;
    console.log(`ready again after: ${ms(0)} at least, ${ms(0.5)} median, ${ms(0.9)} of 90 %, ${ms(1)} at most`);
    console.log(seen);
    expect(seen.verified).toBeGreaterThan(0.9 * seen.calls);
    expect(seen.repeats).toBeGreaterThan(CYCLES);
    expect(company.received).toBeLessThanOrEqual(seen.sends);
  });
});
