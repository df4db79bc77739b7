import type { Clock } from '../core/contracts/clock.ts';
import type { Reply } from '../core/contracts/turns.ts';
import { LAST_MOMENT } from './limits.ts';
import { LATE, within } from './within.ts';

/** What takes longer goes on, but its reply comes too late, and this rejects: a repeat may still get it. */
export async function inTime(reply: Promise<Reply>, clock: Clock): Promise<Reply> {
  const replied = await within(LAST_MOMENT, reply, clock);
  if (replied === LATE) throw new LateReply();
  return replied;
}

class LateReply extends Error {
  override readonly name = 'LateReply';
}
