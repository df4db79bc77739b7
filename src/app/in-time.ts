import type { Clock } from '../core/contracts/clock.ts';
import type { Reply } from '../core/contracts/turns.ts';
import { LAST_MOMENT } from './limits.ts';

/** What takes longer goes on, but its reply comes too late, and this rejects: a repeat may still get it. */
export async function inTime(reply: Promise<Reply>, clock: Clock): Promise<Reply> {
  let callOff = (): void => {};
  const late = new Promise<never>((_, reject) => {
    callOff = clock.after(LAST_MOMENT, () => reject(new LateReply()));
  });
  try {
    return await Promise.race([reply, late]);
  } finally {
    callOff();
  }
}

class LateReply extends Error {
  override readonly name = 'LateReply';
}
