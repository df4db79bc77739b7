import { expect } from 'vitest';
import { Line } from '../support/line.ts';
import type { ServerProcesses } from '../support/server-processes.ts';

/** A caller hears something within so long, whatever fails, milliseconds (security.md 8). */
export const PROMISED = 5_000;
export const AGENT = '+12025550199';

export interface Health {
  readonly status: number;
  readonly reasons?: readonly string[];
}

export interface StoreFault {
  readonly breaks: (health: () => Promise<Health>) => Promise<void>;
  readonly repairs: () => Promise<void>;
  readonly says: RegExp;
}

/** A caller with a stop watch. */
export class TimedLine extends Line {
  slowest = 0;

  override async post(...request: Parameters<Line['post']>): ReturnType<Line['post']> {
    const started = performance.now();
    const answer = await super.post(...request);
    this.slowest = Math.max(this.slowest, performance.now() - started);
    return answer;
  }
}

/**
 * Every caller hears an apology and is put through, whatever they type; nobody gets in, nothing is sent; health says why,
 * and once it is repaired the server goes on by itself. Answers with what a call comes to that goes on then.
 */
export async function failsClosed(server: ServerProcesses, fault: StoreFault) {
  const health = async (): Promise<Health> => {
    const response = await fetch(`${server.address.server}/readyz`);
    return { ...((await response.json()) as object), status: response.status };
  };
  const line = () => new TimedLine(server.address);
  const asked = async (account: string) => line().dials('two-factor', { AccountNumber: account });
  const right = await asked('1002');
  const { code } = server;
  const wrong = await asked('1003');
  const waiting = await line().dials('main');
  const messages = server.demo.inbox.messages.length;
  const action = right.action;

  await fault.breaks(health);
  const others = [line(), line()] as const;
  const [sick] = await Promise.all([
    health(),
    right.presses(code),
    wrong.presses(server.wrongCode),
    waiting.presses('1001'),
    others[0].dials('main'),
    others[1].dials('two-factor', { AccountNumber: '1003' }),
  ]);
  expect(sick).toMatchObject({ status: 503, reasons: [expect.stringMatching(fault.says), expect.any(String)] });
  for (const each of [right, wrong, waiting, ...others]) {
    expect(each.heard).toContain('Sorry, we have a technical problem.');
    expect(each.dialled).toBe(AGENT);
    expect(each.slowest).toBeLessThan(PROMISED);
  }
  expect(right.body).toBe(wrong.body);
  expect(server.demo.inbox.messages).toHaveLength(messages);

  await fault.repairs();
  await expect.poll(async () => (await health()).status, { timeout: PROMISED, interval: 100 }).toBe(200);
  expect(await server.counts(right)).toMatchObject({ phase: 'active', sends: 1, grants: 0 });
  expect(await server.counts(wrong)).toMatchObject({ sends: 1, grants: 0 });
  const next = await asked('1002');
  await next.presses(server.code);
  expect(await server.counts(next)).toMatchObject({ exit: 'success', sends: 1, attempts: 1, grants: 1 });
  // What was never heard is heard when it comes again.
  await right.go(action, { Digits: code });
  return server.counts(right);
}
