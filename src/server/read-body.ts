import type { IncomingMessage } from 'node:http';

/** Bytes; a platform sends about a thousand. */
const LONGEST = 128 * 1024;

/** The text of a request; null where it is too long, was cut off, or is in an encoding that no platform uses. */
export function readBody(request: IncomingMessage): Promise<string | null> {
  if (!isText(request)) return Promise.resolve(null);
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let length = 0;
    request.on('data', (part: Buffer) => {
      length += part.length;
      if (length > LONGEST) resolve(null);
      else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts).toString('utf8')));
    request.on('close', () => resolve(null));
    request.on('error', () => resolve(null));
  });
}

function isText({ headers }: IncomingMessage): boolean {
  const { 'content-encoding': encoding = 'identity', 'content-type': type = '' } = headers;
  const charset = /;\s*charset\s*=\s*"?([^";\s]+)/i.exec(type)?.[1] ?? 'utf-8';
  return encoding.toLowerCase() === 'identity' && /^utf-?8$/i.test(charset);
}
