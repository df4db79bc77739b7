import { describe, expect, it } from 'vitest';
import type { AtOnce, TurnClaim } from '../../../src/core/contracts/turns.ts';
import { begin, CALL, claimOf, LEASE, mustWin, saveOf, START, T0, take, tally, turn, type Opened } from './caller.ts';

const never: AtOnce = () => {
  throw new Error('nobody should ask');
};

/** The answer of a turn that needs nothing outside. */
function answerOf(claim: TurnClaim, saving: Parameters<typeof saveOf>[2] = {}): AtOnce {
  return (won) => {
    const { reply, update } = saveOf(claim, won, saving);
    return { reply, update };
  };
}

export function answerRules(opened: () => Opened): void {
  describe('a turn that is answered with its claim', () => {
    it('is saved: a repeat gets the same reply, and the call has moved on', async () => {
      const { store } = opened();
      const claim = claimOf(turn(await begin(store)));
      const answered = await store.claimTurn(claim, answerOf(claim, { nonce: 'next', body: 'the reply' }));
      expect(answered).toMatchObject({ kind: 'answered', reply: { body: 'the reply' } });
      const repeat = await store.claimTurn(claimOf(claim.key), never);
      expect(repeat).toMatchObject({ kind: 'saved', reply: { body: 'the reply' } });
      expect(await store.claimTurn(claimOf(turn('next')))).toMatchObject({ kind: 'won', call: { turns: 2 } });
    });

    it('may open a call or end one, with its audit trail', async () => {
      const { store, audit } = opened();
      const start = claimOf(START);
      const event = { kind: 'start', at: T0, detail: 'main' } as const;
      await store.claimTurn(start, answerOf(start, { nonce: 'first', audit: [event] }));
      const last = claimOf(turn('first'));
      await store.claimTurn(last, answerOf(last, { nonce: '', phase: 'ended', waiting: { for: 'nothing' } }));
      expect(await store.readCall(CALL)).toMatchObject({ phase: 'ended', turns: 2 });
      expect((await audit()).map(({ kind }) => kind)).toEqual(['start', 'end']);
    });

    it('is answered once, of 50 requests at the same time; all others get that reply', async () => {
      const { store } = opened();
      const key = turn(await begin(store));
      const claims = Array.from({ length: 50 }, () => claimOf(key));
      const answers = await Promise.all(claims.map((claim) => store.claimTurn(claim, answerOf(claim))));
      expect(tally(answers)).toEqual({ answered: 1, saved: 49 });
      expect(new Set(answers.map((each) => 'reply' in each && each.reply.body)).size).toBe(1);
    });

    it('whose answer needs something outside is claimed as any other', async () => {
      const { store } = opened();
      const claim = claimOf(turn(await begin(store)));
      const won = mustWin(await store.claimTurn(claim, () => null));
      expect(await store.claimTurn(claimOf(claim.key), never)).toEqual({ kind: 'busy' });
      expect(await store.saveTurn(saveOf(claim, won))).toEqual({ kind: 'saved' });
    });

    it('that is known, or taken over from a process that died, is not answered so', async () => {
      const { store } = opened();
      const nonce = await begin(store);
      const second = await take(store, claimOf(turn(nonce)));
      expect(await store.claimTurn(claimOf(turn(nonce)), never)).toMatchObject({ kind: 'saved' });
      expect(await store.claimTurn(claimOf(turn('guessed')), never)).toEqual({ kind: 'unknown' });
      mustWin(await store.claimTurn(claimOf(turn(second))));
      const late = claimOf(turn(second), { now: T0 + LEASE });
      expect(await store.claimTurn(late, never)).toMatchObject({ kind: 'won', takenOver: true });
    });
  });
}
