import { checkEnvironment, publicUrlOf, type RawEnvironment } from '../../environment.ts';
import { readCredentials } from '../../call/call-environment.ts';
import type { FolderSources } from '../../library-files.ts';
import type { LoadedLibrary } from '../../../core/callflow/library.ts';
import { FoundStages } from './found-stages.ts';
import type { HttpStages } from './http-stages.ts';
import { OwnStages } from './own-stages.ts';

export interface HttpOptions {
  readonly raw: RawEnvironment;
  /** The callflows and prompts; a server that is started for the scenarios gets the same folders. */
  readonly sources: FolderSources;
  /** The same as they are read here, for a server that runs already. */
  readonly library: LoadedLibrary;
  /** Base address of a server that runs already; unless given, one is started and ended again. */
  readonly server?: string;
}

/** Scenarios at a real server. @throws DialproofError `settings-invalid`, `callflow-invalid`, `server-unreachable` */
export async function openHttpStages({ raw, sources, library, server }: HttpOptions): Promise<HttpStages> {
  if (server === undefined) return OwnStages.start(sources, raw);
  const base = server.replace(/\/+$/, '');
  const { environment } = checkEnvironment(raw);
  const { DATA_DIR: dataDir, HOST: host, PORT: port } = environment;
  const credentials = await readCredentials({
    dataDir,
    host,
    port,
    publicUrl: '',
    authToken: environment.TWILIO_AUTH_TOKEN[0],
    accountSid: environment.TWILIO_ACCOUNT_SID,
  });
  const publicUrl = environment.PUBLIC_URL === undefined ? asDemoSigns(base) : publicUrlOf(environment);
  return FoundStages.find({ server: base, publicUrl, credentials }, library);
}

/** A server on this machine without a PUBLIC_URL calls itself localhost. */
function asDemoSigns(base: string): string {
  return base.replace(/^http:\/\/(?:127\.0\.0\.1|0\.0\.0\.0)(?=[:/]|$)/, 'http://localhost');
}
