import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readTwiml } from '../../src/telephone/twiml-reader.ts';
import { said } from '../support/caller.ts';
import { keepDocument } from '../support/documents.ts';

const run = promisify(execFile);

async function fallback(
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const env = { PATH: process.env['PATH'] ?? '', ...settings };
  return run(process.execPath, ['dist/bin/dialproof.js', 'fallback'], { env });
}

describe('dialproof fallback', () => {
  it.each([
    ['a number', '+12025550199', { kind: 'number', number: '+12025550199' }],
    ['a SIP address', 'sip:agent@example.com', { kind: 'sip', uri: 'sip:agent@example.com', headers: {} }],
  ])('prints a document that needs no server and still reaches %s', async (_what, agent, to) => {
    const { stdout, stderr } = await fallback({ AGENT_NUMBER: agent });
    keepDocument(stdout.trim());
    expect(said(stdout)).toBe('Sorry, we have a technical problem.');
    expect(readTwiml(stdout).slice(1)).toEqual([{ verb: 'dial', to }, { verb: 'hangup' }]);
    expect(stderr).toBe('');
  });

  it('speaks the default language', async () => {
    const { stdout } = await fallback({ AGENT_NUMBER: '+12025550199', DEFAULT_LOCALE: 'es-ES' });
    expect(said(stdout)).toBe('Lo sentimos, tenemos un problema técnico.');
  });

  it('without AGENT_NUMBER it says so, and the document only apologises', async () => {
    const { stdout, stderr } = await fallback({});
    expect(stderr).toBe('AGENT_NUMBER is not set: the document apologises and hangs up.\n');
    expect(readTwiml(stdout).map(({ verb }) => verb)).toEqual(['say', 'hangup']);
  });
});
