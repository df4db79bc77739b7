import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { invalid, type Environment } from '../environment.ts';

export interface Secrets {
  /** 32 bytes each, newest first. */
  readonly secretKeys: readonly Uint8Array[];
  /** Newest first. */
  readonly authTokens: readonly string[];
  /** What platforms of web sign-ins know; empty where there are none. */
  readonly signInKeys: readonly string[];
}

const SECRET_KEY_FILE = 'secret-key';

/** The secrets as set; in the demo those that are missing are made once and kept in DATA_DIR, readable by the owner only. */
export async function readSecrets(environment: Environment, demo: boolean): Promise<Secrets> {
  const { SECRET_KEY, TWILIO_AUTH_TOKEN, TWILIO_ACCOUNT_SID, DATA_DIR } = environment;
  const { ENHANCED_AUTHENTICATION_KEY: signInKeys } = environment;
  if (!demo) return { secretKeys: SECRET_KEY, authTokens: TWILIO_AUTH_TOKEN, signInKeys };
  const made = (name: string, make: () => string): Promise<string> => keptSecret(path.join(DATA_DIR, name), make);
  if (TWILIO_ACCOUNT_SID === undefined) await made('twilio-account-sid', () => `AC${randomBytes(16).toString('hex')}`);
  const secretKey = async (): Promise<Uint8Array> =>
    Buffer.from(await made(SECRET_KEY_FILE, () => randomBytes(32).toString('base64')), 'base64');
  return {
    secretKeys: SECRET_KEY.length > 0 ? SECRET_KEY : [await secretKey()],
    authTokens:
      TWILIO_AUTH_TOKEN.length > 0
        ? TWILIO_AUTH_TOKEN
        : [await made('twilio-auth-token', () => randomBytes(16).toString('hex'))],
    signInKeys:
      signInKeys.length > 0
        ? signInKeys
        : [await made('enhanced-authentication-key', () => randomBytes(32).toString('base64url'))],
  };
}

/** The keys of a store that is there already: as set, or as the demo has made them. */
export async function readSecretKeys({ SECRET_KEY, NODE_ENV, DATA_DIR }: Environment): Promise<readonly Uint8Array[]> {
  if (SECRET_KEY.length > 0 || NODE_ENV === 'production') return SECRET_KEY;
  try {
    return [Buffer.from(await readFile(path.join(DATA_DIR, SECRET_KEY_FILE), 'utf8'), 'base64')];
  } catch {
    return [];
  }
}

/** Reads a secret, or makes it: `wx` lets one of several processes that start together win. */
async function keptSecret(file: string, make: () => string): Promise<string> {
  try {
    await writeFile(file, `${make()}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    if (code !== 'EEXIST') throw invalid([`DATA_DIR cannot be written (${code})`]);
  }
  return (await readFile(file, 'utf8')).trim();
}
