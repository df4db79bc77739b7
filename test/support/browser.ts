import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Debian's package `chromium`; null where there is no browser. */
export const CHROMIUM = PLACES.find((place) => existsSync(place)) ?? null;

/** Why tests in a browser do not run. The gate has one: there they run, and fail. */
export const NO_BROWSER = 'Chromium is not installed (apt-get install chromium)';
export const runsBrowser = CHROMIUM !== null || process.env['CI'] === 'true';
if (!runsBrowser) console.log(`Not run: ${NO_BROWSER}.`);

export function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error(NO_BROWSER);
  // A container has no user namespaces, and a small /dev/shm.
  return chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export interface Served {
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Site {
  /** Without a trailing slash. */
  readonly origin: string;
  close(): Promise<void>;
}

/** A site of fixed documents by path; whoever posts a form is sent to its address again. */
export async function serve(documents: ReadonlyMap<string, Served>): Promise<Site> {
  const server = createServer(({ url = '', method }, response) => {
    if (method === 'POST') {
      response.writeHead(303, { location: url }).end();
      return;
    }
    const found = documents.get(url);
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': found?.type ?? 'text/plain',
      ...found?.headers,
    });
    response.end(found?.body);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { origin: `http://127.0.0.1:${port}`, close };
}
