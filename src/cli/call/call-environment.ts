import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DialproofError } from '../../core/errors.ts';

/** What the telephone must know of the server's settings; lists of tokens are newest first, comma-separated. */
export interface CallEnvironment {
  readonly host: string;
  readonly port: number;
  readonly publicUrl: string;
  readonly dataDir: string;
  /** Where the callflows are, if the server runs on this machine. */
  readonly callflowsDir?: string | undefined;
  readonly authToken?: string | undefined;
  readonly accountSid?: string | undefined;
}

export interface Credentials {
  readonly accountSid: string;
  readonly authToken: string;
}

/** The credentials that the server checks: as set, or as the demo has generated them. @throws DialproofError `settings-invalid` */
export async function readCredentials(environment: CallEnvironment): Promise<Credentials> {
  const tokens = environment.authToken ?? (await generated(environment.dataDir, 'twilio-auth-token'));
  const accountSid = environment.accountSid ?? (await generated(environment.dataDir, 'twilio-account-sid'));
  return { accountSid, authToken: (tokens.split(',')[0] ?? '').trim() };
}

async function generated(dataDir: string, name: string): Promise<string> {
  try {
    return (await readFile(path.join(dataDir, name), 'utf8')).trim();
  } catch (error) {
    throw new DialproofError('settings-invalid', `There is no file "${name}" in DATA_DIR (${dataDir}).`, {
      fix: 'Start the server once (`npm start`): its demo makes the file. Otherwise set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN as the server has them.',
      cause: error,
    });
  }
}

/** Where a server that listens on `host` is reached from the same machine. */
export function serverUrl({ host, port }: CallEnvironment): string {
  if (['', '0.0.0.0', '::'].includes(host)) return `http://127.0.0.1:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
