import { describe, expect, it } from 'vitest';
import {
  begin,
  CALL,
  claimOf,
  fallback,
  fresh,
  HOUR,
  LEASE,
  mustWin,
  OTHER_START,
  reply,
  saveOf,
  SECOND,
  START,
  T0,
  take,
  tally,
  turn,
  type Opened,
} from './caller.ts';

export function turnRules(opened: () => Opened): void {
  describe('a turn', () => {
    it('of an unknown call is unknown', async () => {
      expect(await opened().store.claimTurn(claimOf(turn('none')))).toEqual({ kind: 'unknown' });
    });

    it('with a nonce that is not the current one is unknown', async () => {
      await begin(opened().store);
      for (const nonce of ['guessed', '']) {
        expect(await opened().store.claimTurn(claimOf(turn(nonce)))).toEqual({ kind: 'unknown' });
      }
    });

    it('that repeats a saved one gets the same bytes, also after the call moved on and ended', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      const body = '<Response>\u00e9 "\u2028 </Response>\r\n';
      const second = await take(store, claimOf(turn(nonce)), { body });
      const expected = { kind: 'saved', reply: reply(body) };
      expect(await store.claimTurn(claimOf(turn(nonce)))).toEqual(expected);
      await take(store, claimOf(turn(second)));
      expect(await store.claimTurn(claimOf(turn(nonce)))).toEqual(expected);
      await store.endCall(CALL, T0, 'completed');
      expect(await store.claimTurn(claimOf(turn(nonce)))).toEqual(expected);
    });

    it('that 50 requests claim at once has one winner', async () => {
      const { store } = opened();
      const key = turn(await begin(store));
      const answers = await Promise.all(Array.from({ length: 50 }, () => store.claimTurn(claimOf(key))));
      expect(tally(answers)).toEqual({ won: 1, busy: 49 });
    });

    it('whose process died is taken over with the input that was claimed, once', async () => {
      const { store } = opened();
      const key = turn(await begin(store));
      const claimed = { type: 'keys', digits: '123456' } as const;
      mustWin(await store.claimTurn(claimOf(key, { input: claimed })));
      const repeat = { input: { type: 'silence' }, now: T0 + LEASE - 1 } as const;
      expect(await store.claimTurn(claimOf(key, repeat))).toEqual({ kind: 'busy' });
      const late = { ...repeat, now: T0 + LEASE };
      expect(await store.claimTurn(claimOf(key, late))).toMatchObject({ kind: 'won', input: claimed, takenOver: true });
      expect(await store.claimTurn(claimOf(key, late))).toEqual({ kind: 'busy' });
    });

    it('is saved only by its present holder, and only once', async () => {
      const { store } = opened();
      const key = turn(await begin(store));
      const dead = claimOf(key);
      const deadWon = mustWin(await store.claimTurn(dead));
      const heir = claimOf(key, { now: T0 + LEASE });
      const heirWon = mustWin(await store.claimTurn(heir));
      expect(await store.saveTurn(saveOf(dead, deadWon))).toEqual({ kind: 'lost' });
      expect(await store.saveTurn(saveOf(heir, heirWon, { body: 'kept' }))).toEqual({ kind: 'saved' });
      expect(await store.saveTurn(saveOf(heir, heirWon, { body: 'again' }))).toEqual({ kind: 'lost' });
      expect(await store.claimTurn(claimOf(key))).toEqual({ kind: 'saved', reply: reply('kept') });
      expect(await store.readCall(CALL)).toMatchObject({ turns: 2 });
    });

    it('that was never claimed cannot be saved', async () => {
      const { store } = opened();
      const start = claimOf(START);
      const won = mustWin(await store.claimTurn(start));
      expect(await store.saveTurn(saveOf(claimOf(turn('never')), won))).toEqual({ kind: 'lost' });
      expect(await store.saveTurn(saveOf({ ...start, call: 'CA-unknown' }, won))).toEqual({ kind: 'lost' });
    });

    it('that another request overtook saves nothing and learns where the call is', async () => {
      const { store } = opened();
      const claim = claimOf(turn(await begin(store)));
      const won = mustWin(await store.claimTurn(claim));
      const nonce = await take(store, claimOf(OTHER_START));
      const moved = { kind: 'moved', nonce };
      expect(await store.saveTurn(saveOf(claim, won, { phase: 'ended' }))).toEqual(moved);
      expect(await store.readCall(CALL)).toMatchObject({ phase: 'active', turns: 2, entries: 2 });
      expect(await store.claimTurn({ ...claim, now: T0 + LEASE })).toEqual(moved);
      expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won', takenOver: false });
    });

    it('may keep its reply without moving the call', async () => {
      const { store } = opened();
      const claim = claimOf(turn(await begin(store)));
      const { update: _, ...save } = saveOf(claim, mustWin(await store.claimTurn(claim)), { body: 'sorry' });
      expect(await store.saveTurn(save)).toEqual({ kind: 'saved' });
      expect(await store.claimTurn(claimOf(claim.key))).toEqual({ kind: 'saved', reply: reply('sorry') });
      expect(await store.readCall(CALL)).toMatchObject({ turns: 1 });
    });

    it('finds the call as the last turn left it', async () => {
      const { store } = opened();
      const nonce = await take(store, claimOf(START), { nonce: 'n1' });
      expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({
        kind: 'won',
        entry: 1,
        input: { type: 'keys', digits: '1' },
        takenOver: false,
        task: null,
        call: { phase: 'active', entry: 1, turns: 1, sends: 0, attempts: 0, state: { nonce: 'n1' } },
      });
    });

    it('that only came back by a Redirect gets the question that still stands, and stays unclaimed', async () => {
      const { store } = opened();
      const nonce = await take(store, claimOf(START), { body: 'your choice?' });
      const back = { input: { type: 'back' } } as const;
      const again = { kind: 'again', reply: reply('your choice?') };
      expect(await store.claimTurn(claimOf(turn(nonce), back))).toEqual(again);
      expect(await store.claimTurn(claimOf(turn(nonce), { ...back, onlyKnown: true }))).toEqual(again);
      const next = await take(store, claimOf(turn(nonce)), { body: 'your code?' });
      expect(await store.claimTurn(claimOf(turn(next), back))).toEqual({ kind: 'again', reply: reply('your code?') });
    });

    it('that comes back while a task runs is the poll', async () => {
      const { store } = opened();
      const waiting = { for: 'task', id: 't', type: 'send-code', since: 0 } as const;
      const nonce = await take(store, claimOf(START), { waiting });
      const poll = claimOf(turn(nonce), { input: { type: 'back' } });
      expect(await store.claimTurn(poll)).toMatchObject({ kind: 'won' });
    });

    it('is only looked at for a fallback: unclaimed stays unclaimed, and known ones are answered', async () => {
      const { store } = opened();
      const key = turn(await begin(store));
      const look = { onlyKnown: true } as const;
      expect(await store.claimTurn(claimOf(key, look))).toEqual({ kind: 'unclaimed' });
      const claim = claimOf(key);
      const won = mustWin(await store.claimTurn(claim));
      expect(await store.claimTurn(claimOf(key, look))).toEqual({ kind: 'busy' });
      await store.saveTurn(saveOf(claim, won, { body: 'known' }));
      expect(await store.claimTurn(claimOf(key, look))).toEqual({ kind: 'saved', reply: reply('known') });
    });

    it('brings the call forward in time, but never an ended one', async () => {
      const { store } = opened();
      await begin(store);
      await store.claimTurn(claimOf(turn('lost'), { now: T0 + 7 * SECOND }));
      await store.claimTurn(claimOf(turn('set back'), { now: T0 - HOUR }));
      expect(await store.readCall(CALL)).toMatchObject({ startedAt: T0, lastSeenAt: T0 + 7 * SECOND });
      await store.endCall(CALL, T0 + 8 * SECOND, 'completed');
      await store.claimTurn(claimOf(turn('late'), { now: T0 + HOUR }));
      expect(await store.readCall(CALL)).toMatchObject({ lastSeenAt: T0 + 7 * SECOND });
    });
  });

  describe('a fallback', () => {
    it('is one turn for each ErrorUrl, repeats get its reply, and the current nonce stays', async () => {
      const { store } = opened();
      expect(await store.claimTurn(claimOf(fallback('u')))).toEqual({ kind: 'unknown' });
      const nonce = await begin(store);
      const claim = claimOf(fallback('u'));
      const won = mustWin(await store.claimTurn(claim));
      expect(await store.claimTurn(claimOf(fallback('u')))).toEqual({ kind: 'busy' });
      await store.saveTurn(saveOf(claim, won, { nonce, body: 'the question again' }));
      const saved = { kind: 'saved', reply: reply('the question again') };
      expect(await store.claimTurn(claimOf(fallback('u')))).toEqual(saved);
      expect(await store.claimTurn(claimOf(fallback('v')))).toMatchObject({ kind: 'won' });
      expect(await store.claimTurn(claimOf(turn(nonce)))).toMatchObject({ kind: 'won' });
      await store.endCall(CALL, T0, 'completed');
      expect(await store.claimTurn(claimOf(fallback('u')))).toEqual(saved);
      expect(await store.claimTurn(claimOf(fallback(fresh('w'))))).toEqual({ kind: 'ended' });
    });

    it('whose process died is taken over', async () => {
      const { store } = opened();
      await begin(store);
      mustWin(await store.claimTurn(claimOf(fallback('u'))));
      const late = claimOf(fallback('u'), { now: T0 + LEASE });
      expect(await store.claimTurn(late)).toMatchObject({ kind: 'won', takenOver: true });
    });

    it('of a call that has never been answered is unknown', async () => {
      const { store } = opened();
      mustWin(await store.claimTurn(claimOf(START)));
      expect(await store.claimTurn(claimOf(fallback('u')))).toEqual({ kind: 'unknown' });
    });
  });
}
