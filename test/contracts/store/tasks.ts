import { describe, expect, it } from 'vitest';
import {
  attemptOf,
  CALL,
  challengeOf,
  claimOf,
  fresh,
  mustWin,
  SECOND,
  START,
  T0,
  take,
  turn,
  type Opened,
} from './caller.ts';

const LEASE_UNTIL = T0 + 5 * SECOND;
const DONE = { path: 'sent', lookedUp: { name: 'x' } } as const;

/** A call that waits for a task; answers with the nonce of its poll. */
function hold({ store }: Opened): Promise<string> {
  const held = { id: 'task-1', type: 'send-code', startedAt: T0, leaseUntil: LEASE_UNTIL };
  return take(store, claimOf(START), { held });
}

const finish = ({ store }: Opened, result = DONE) => store.finishTask({ call: CALL, id: 'task-1', now: T0, result });

async function taskAt({ store }: Opened, nonce: string, now: number) {
  return mustWin(await store.claimTurn(claimOf(turn(nonce), { now }))).task;
}

export function taskRules(opened: () => Opened): void {
  describe('a held task', () => {
    it('is running while its process renews it, and lost when the lease runs out', async () => {
      const held = { id: 'task-1', startedAt: T0, result: null };
      const nonce = await hold(opened());
      const poll = await take(opened().store, claimOf(turn(nonce)));
      await opened().store.renewTask({ call: CALL, id: 'task-1', leaseUntil: T0 + 9 * SECOND });
      expect(await taskAt(opened(), poll, LEASE_UNTIL)).toEqual({ ...held, state: 'running' });
      expect(await taskAt(opened(), poll, T0 + 20 * SECOND)).toEqual({ ...held, state: 'lost' });
    });

    it('keeps its result, once', async () => {
      const nonce = await hold(opened());
      expect(await finish(opened())).toBe(true);
      expect(await opened().store.finishTask({ call: CALL, id: 'task-1', now: T0, result: { path: 'failed' } })).toBe(
        false,
      );
      expect(await taskAt(opened(), nonce, T0 + 60 * SECOND)).toEqual({
        id: 'task-1',
        state: 'done',
        startedAt: T0,
        result: DONE,
      });
    });

    it('held again by a later poll stays the same task', async () => {
      const nonce = await hold(opened());
      await finish(opened());
      const held = { id: 'task-1', type: 'send-code', startedAt: T0, leaseUntil: T0 + 60 * SECOND };
      const next = await take(opened().store, claimOf(turn(nonce)), { held });
      expect(await taskAt(opened(), next, T0)).toMatchObject({ state: 'done', result: DONE });
    });

    it('that was dropped brings no result, and its code is closed', async () => {
      const nonce = await hold(opened());
      await opened().store.openChallenge(challengeOf());
      const next = await take(opened().store, claimOf(turn(nonce)), { dropped: 'task-1' });
      expect(await finish(opened())).toBe(false);
      expect(await taskAt(opened(), next, T0)).toBeNull();
      expect(await opened().store.chargeAttempt(attemptOf())).toEqual({ kind: 'finished' });
    });

    it('brings no result after the call has ended, and an unknown one never does', async () => {
      await hold(opened());
      expect(await opened().store.finishTask({ call: CALL, id: fresh('task'), now: T0, result: DONE })).toBe(false);
      expect(await opened().store.finishTask({ call: 'CA-none', id: 'task-1', now: T0, result: DONE })).toBe(false);
      await opened().store.endCall(CALL, T0, 'completed');
      expect(await finish(opened())).toBe(false);
    });
  });
}
