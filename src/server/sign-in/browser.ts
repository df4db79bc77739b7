import { z } from 'zod';

/** What the platform tells of a browser (E7 to E13); what is missing or no text is empty. */
export interface Browser {
  /** Reasonably unique: tells a changed browser. */
  readonly fingerprint: string;
  /** What its user may know it by, for example `Chrome 1.2.3 on Windows`. */
  readonly name: string;
}

const text = z.string().max(1024).catch('');
const told = z.object({
  fingerprint: text,
  userAgent: text,
  browser: text,
  browserVersion: text,
  os: text,
  mobile: z.boolean().catch(false),
  resolution: text,
});

const UNKNOWN: Browser = { fingerprint: '', name: '' };

/** Reads the JSON string about the browser (E6). Never throws: a browser that nobody can read is an unknown one. */
export function readBrowser(json: string): Browser {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return UNKNOWN;
  }
  const { success, data } = told.safeParse(value);
  if (!success) return UNKNOWN;
  const { fingerprint, browser, browserVersion, os, mobile } = data;
  const which = [browser, browserVersion].filter((part) => part !== '').join(' ');
  const where = [os, mobile ? '(mobile)' : ''].filter((part) => part !== '').join(' ');
  const name = [which, where].filter((part) => part !== '').join(' on ');
  return { fingerprint, name: name.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 100) };
}
