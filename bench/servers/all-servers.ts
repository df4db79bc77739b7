import path from 'node:path';
import { Installation } from './dialproof.ts';
import { ServerProcess } from './server-process.ts';

/** What is measured side by side, each in a process of its own; Dialproof first. */
export interface AllServers {
  readonly servers: readonly ServerProcess[];
  close(): Promise<void>;
}

const OTHERS = {
  'express + twilio, by hand': 'by-hand',
  'express alone': 'express-alone',
  'node:http + HMAC': 'node-alone',
};

export async function startAll(settings: Readonly<Record<string, string>> = {}): Promise<AllServers> {
  const installation = await Installation.make();
  const others = Object.entries(OTHERS).map(([name, file]) =>
    ServerProcess.start({ name, args: [path.resolve(`dist/bench/servers/${file}.js`)] }),
  );
  const servers = await Promise.all([installation.start(settings), ...others]);
  return {
    servers,
    async close() {
      await Promise.all(servers.map((server) => server.stop()));
      await installation.remove();
    },
  };
}
