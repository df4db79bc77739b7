import { randomBytes } from 'node:crypto';
import type { RequestListener } from 'node:http';
import path from 'node:path';
import { writeTwiml } from '../../src/adapters/channels/twilio/twiml.ts';
import { clock } from '../../src/adapters/clock.ts';
import { entropy } from '../../src/adapters/entropy.ts';
import { toldStore } from '../../src/adapters/stores/told-store.ts';
import { createMetrics } from '../../src/adapters/telemetry/metrics.ts';
import { STORES } from '../../src/adapters/stores/index.ts';
import { Engine } from '../../src/app/engine.ts';
import type { Parts } from '../../src/app/parts.ts';
import { readLibrary } from '../../src/cli/library-files.ts';
import { createLog } from '../../src/cli/log.ts';
import type { Store } from '../../src/core/contracts/store.ts';
import { Recordings } from '../../src/server/recordings.ts';
import type { ServerOptions } from '../../src/server/server-options.ts';
import { voiceLinks } from '../../src/server/voice-links.ts';
import { voiceListener } from '../../src/server/voice-routes.ts';

/** The voice webhooks of a server in this folder, without HTTP, and without what the line never asks for. */
export async function openVoice(
  folder: string,
  by: { readonly publicUrl: string; readonly authToken: string; readonly around: (store: Store) => Store },
): Promise<{ readonly voice: RequestListener; readonly close: () => Promise<void> }> {
  const { publicUrl, authToken, around } = by;
  const file = path.join(folder, 'dialproof.db');
  const { store } = await STORES.sqlite({ path: file, secretKeys: [randomBytes(32)] });
  const folders = { callflows: path.join(folder, 'callflows'), prompts: path.join(folder, 'prompts') };
  const library = await readLibrary(folders, { environment: {}, defaultLocale: 'en-US' });
  const telemetry = createMetrics();
  const log = createLog('info', { write: () => undefined });
  const parts: Pick<Parts, 'store' | 'libraries' | 'clock' | 'random' | 'links' | 'write' | 'log' | 'telemetry'> = {
    store: around(toldStore(store, telemetry)),
    libraries: { newest: library, of: () => Promise.resolve(library) },
    clock,
    random: entropy,
    links: voiceLinks(publicUrl, new Recordings()),
    write: writeTwiml,
    log,
    telemetry,
  };
  const engine = new Engine(parts as Parts, { isTestNumber: () => false });
  const options = { engine, log, telemetry, publicUrl, tokens: [authToken] };
  return { voice: voiceListener(options as unknown as ServerOptions), close: () => store.close() };
}
