/**
 * Keeps one document of each shape that the suite sees, for the run against the platform's XML schema at the end of
 * the suite (test/schema).
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** The folder of this run, which the global setup makes; no run meets the documents of another. Empty: none are kept. */
export const DOCUMENTS = process.env['DIALPROOF_DOCUMENTS'] ?? '';

const seen = new Set<string>();

/** Two documents have the same shape when only their texts, links and numbers differ. */
export function keepDocument(body: string): void {
  const shape = body.replaceAll(/>[^<]+</g, '>text<').replaceAll(/(action|time|timeout|numDigits)="[^"]*"/g, '$1=""');
  const name = createHash('sha256').update(shape).digest('hex').slice(0, 16);
  if (DOCUMENTS === '' || seen.has(name)) return;
  seen.add(name);
  writeFileSync(path.join(DOCUMENTS, `${name}.xml`), body);
}
