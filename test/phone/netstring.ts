import type { Readable } from 'node:stream';

/** `5:hello,`: the length in bytes, the text, a comma. */
export function writeNetstring(text: string): string {
  return `${Buffer.byteLength(text)}:${text},`;
}

/** Calls `read` with each text of the stream, however it is cut in pieces. */
export function readNetstrings(stream: Readable, read: (text: string) => void): void {
  let held = Buffer.alloc(0);
  stream.on('data', (part: Buffer) => {
    held = Buffer.concat([held, part]);
    for (;;) {
      const colon = held.indexOf(':');
      const end = colon + 1 + Number(held.toString('latin1', 0, colon));
      if (colon < 0 || held.length <= end) return;
      read(held.toString('utf8', colon + 1, end));
      held = held.subarray(end + 1);
    }
  });
}
