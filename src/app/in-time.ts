import type { Reply } from '../core/contracts/turns.ts';
import { LAST_MOMENT } from './limits.ts';

/** What takes longer goes on, but its reply comes too late, and this rejects: a repeat may still get it. */
export async function inTime(reply: Promise<Reply>): Promise<Reply> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LateReply()), LAST_MOMENT);
  });
  try {
    return await Promise.race([reply, late]);
  } finally {
    clearTimeout(timer);
  }
}

class LateReply extends Error {
  override readonly name = 'LateReply';
}
