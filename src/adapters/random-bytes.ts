import { randomFillSync } from 'node:crypto';

/** Bytes that are asked for at once: a system call for each nonce takes longer than what it is for. */
const AHEAD = 4096;

const ahead = Buffer.alloc(AHEAD);
let used = AHEAD;

/** Randomness of the operating system, at most 64 bytes at a time; what is given is kept nowhere. */
export function randomBytes(length: number): Buffer {
  if (used + length > AHEAD) {
    randomFillSync(ahead);
    used = 0;
  }
  const given = Buffer.from(ahead.subarray(used, used + length));
  ahead.fill(0, used, used + length);
  used += length;
  return given;
}
