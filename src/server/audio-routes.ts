import type { Request, RequestHandler, Response } from 'express';
import type { Recordings } from './recordings.ts';

/** A recording under one path never changes: its digest is part of the path. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The recordings, for whoever asks: a platform fetches them without a signature. Paths are compared as they come and
 * never become names of files, so nothing but a recording can be reached.
 */
export function audioRoutes(recordings: Recordings): RequestHandler {
  return (request, response, next) => {
    // Nothing is decoded: a recording's path holds no character that could be written otherwise.
    const path = /^\/([^?]+)/.exec(request.originalUrl)?.[1] ?? '';
    const found = ['GET', 'HEAD'].includes(request.method) ? recordings.find(path) : undefined;
    if (found === undefined) return next();
    response.set({
      'content-type': found.contentType,
      'cache-control': FOR_EVER,
      etag: `"${path.split('/')[1] ?? ''}"`,
      'accept-ranges': 'bytes',
    });
    send(found.bytes, request, response);
  };
}

function send(bytes: Uint8Array, request: Request, response: Response): void {
  if (request.fresh) {
    response.status(304).end();
    return;
  }
  const part = partOf(bytes.length, request, response);
  if (part === 'none') {
    response.status(416).set('content-range', `bytes */${bytes.length}`).end();
    return;
  }
  const { start, end } = part ?? { start: 0, end: bytes.length - 1 };
  if (part !== null) response.status(206).set('content-range', `bytes ${start}-${end}/${bytes.length}`);
  response.set('content-length', String(end - start + 1));
  response.end(request.method === 'HEAD' ? undefined : bytes.subarray(start, end + 1));
}

/** The one part that is asked for; null for all of it, also where several parts or none that make sense are asked for. */
function partOf(size: number, request: Request, response: Response): { start: number; end: number } | 'none' | null {
  const condition = request.get('if-range');
  if (request.method === 'HEAD' || (condition !== undefined && condition !== response.get('etag'))) return null;
  const ranges = request.range(size, { combine: true });
  if (ranges === -1) return 'none';
  if (ranges === undefined || ranges === -2 || ranges.type !== 'bytes') return null;
  const [first, ...others] = ranges;
  return first === undefined || others.length > 0 ? null : first;
}
