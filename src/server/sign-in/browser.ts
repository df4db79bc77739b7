import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What the platform tells of a browser (E7 to E13); what is missing or no text is empty. */
export interface Browser {
  /** Reasonably unique: tells a changed browser. */
  readonly fingerprint: string;
  /** What its user may know it by, for example `Chrome 1.2.3 on Windows`. */
  readonly name: string;
}

const MOST = 1024;

const text = z.string().max(MOST).catch('');
// Some platforms make a figure of it. One that was left out would be the same in every browser.
const fingerprint = z.union([z.string(), z.number().transform(String)]).catch('');
const told = z.object({
  fingerprint,
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
  const { browser, browserVersion, os, mobile } = data;
  const which = [browser, browserVersion].filter((part) => part !== '').join(' ');
  const where = [os, mobile ? '(mobile)' : ''].filter((part) => part !== '').join(' ');
  const name = [which, where].filter((part) => part !== '').join(' on ');
  return {
    fingerprint: inShort(data.fingerprint),
    name: name.replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '').slice(0, 100),
  };
}

/** A list of all fonts and drawings is long; cut, it would be the same in two browsers. */
function inShort(fingerprint: string): string {
  return fingerprint.length <= MOST ? fingerprint : createHash('sha256').update(fingerprint).digest('base64url');
}
