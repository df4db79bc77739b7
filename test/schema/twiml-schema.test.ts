import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, type TestContext } from 'vitest';
import { DOCUMENTS } from '../support/documents.ts';

/** Twilio's own schema, which is not ours to copy: it lies beside the checkout, or the run is left out. */
const SCHEMA = path.resolve('../shared/twiml-schema/twiml_v20100401_twilioRealtimeCallSchema.xsd');

function validate(files: readonly string[]): { readonly valid: boolean; readonly report: string } {
  const { status, stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', SCHEMA, ...files], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const report = stderr
    .split('\n')
    .filter((line) => !line.endsWith(' validates'))
    .join('\n')
    .trim();
  return { valid: status === 0, report };
}

/** Without the schema or xmllint nothing can be said; then the run says so. */
function needsSchema(context: TestContext): void {
  const reason = !existsSync(SCHEMA)
    ? `there is no schema at ${path.relative('.', SCHEMA)}`
    : spawnSync('xmllint', ['--version']).error === undefined
      ? null
      : 'xmllint is not installed (Debian: libxml2-utils)';
  if (reason === null) return;
  console.log(`The TwiML schema run is left out: ${reason}.`);
  context.skip(reason);
}

describe("the platform's own XML schema", () => {
  it('takes every document that this run of the suite has met', (context) => {
    needsSchema(context);
    const files = readdirSync(DOCUMENTS).map((name) => path.join(DOCUMENTS, name));
    if (files.length === 0) throw new Error('No test has kept a document: run the whole suite.');
    expect(validate(files)).toEqual({ valid: true, report: '' });
    console.log(`${files.length} documents of different shapes are valid.`);
  });

  it.for([
    ['a verb that there is not', '<Response><Sing>La</Sing></Response>'],
    ['a verb where it may not stand', '<Response><Gather><Hangup/></Gather></Response>'],
    ['an attribute that there is not', '<Response><Say loud="true">Hello</Say></Response>'],
    ['a number that is none', '<Response><Pause length="long"/></Response>'],
  ] as const)('refuses %s', ([, xml], context) => {
    needsSchema(context);
    const folder = mkdtempSync(path.join(tmpdir(), 'dialproof-schema-'));
    const file = path.join(folder, 'planted.xml');
    writeFileSync(file, xml);
    const { valid, report } = validate([file]);
    rmSync(folder, { recursive: true });
    expect(valid).toBe(false);
    expect(report).toContain('planted.xml');
  });
});
