import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FilePublisher } from '../../../src/cli/dev/file-publisher.ts';
import { createLog } from '../../../src/cli/log.ts';
import { startService, type Service } from '../../../src/cli/serve/start-service.ts';
import { wav } from '../../support/audio.ts';

const TINY = `callflow: tiny
start: hello
exits: { bye: { hang-up: true } }
blocks:
  hello: { say: hello, next: bye }
`;

let folder: string;
let service: Service;
let publisher: FilePublisher;
let said: string[];
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dialproof-publisher-'));
  for (const name of ['callflows', 'prompts']) await cp(name, path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, 'callflows/tiny.yaml'), TINY);
  await writeFile(path.join(folder, 'prompts/en-US/tiny.yaml'), 'locale: en-US\nprompts: { hello: "Hello." }\n');
});
afterEach(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

async function begins(settings: Readonly<Record<string, string>> = {}): Promise<void> {
  const environment = {
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: path.join(folder, 'data'),
    CALLFLOWS_DIR: path.join(folder, 'callflows'),
    PROMPTS_DIR: path.join(folder, 'prompts'),
    ...settings,
  };
  service = await startService(environment, { makeLog: createLog, withoutCallflows: true });
  said = [];
  publisher = new FilePublisher(service, (text) => said.push(text));
}

async function edits(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(path.join(folder, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
  await writeFile(path.join(folder, file), text.replace(from, to));
}

/** What is said at the next look, with `#` for each revision; of findings, the places alone. */
async function look(): Promise<string> {
  said = [];
  await publisher.look();
  return said
    .join('\n')
    .replaceAll(`${folder}/`, '')
    .replaceAll(/\b[0-9a-f]{12}\b/g, '#')
    .replaceAll(/^(\S+:\d+:\d+) .*\n(?: .*\n)+/gm, '$1 ...\n');
}

describe('a look at the files', () => {
  it('without a change says nothing', async () => {
    await begins();
    await edits('callflows/tiny.yaml', 'callflow: tiny', 'callflow: tiny');
    await writeFile(path.join(folder, 'callflows', '.#tiny.yaml'), 'the lock of an editor');
    await writeFile(path.join(folder, 'callflows', 'tiny.yaml~'), 'what stood there before');
    expect(await look()).toBe('');
  });

  it('a recording that is saved anew is for the next call, too', async () => {
    await mkdir(path.join(folder, 'prompts/en-US/audio'));
    await writeFile(path.join(folder, 'prompts/en-US/audio/hello.wav'), wav());
    await edits('prompts/en-US/tiny.yaml', '"Hello."', '{ text: "Hello.", audio: hello.wav }');
    await begins();
    expect(await look()).toBe('');
    await writeFile(path.join(folder, 'prompts/en-US/audio/hello.wav'), wav(900));
    expect(await look()).toBe(
      'prompts/en-US/audio/hello.wav changed: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in).',
    );
    expect(await look()).toBe('');
  });

  it('names what has changed, and what the next call gets', async () => {
    await begins();
    await edits('prompts/en-US/tiny.yaml', 'Hello', 'Hi');
    expect(await look()).toMatchInlineSnapshot(
      `"prompts/en-US/tiny.yaml changed: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in)."`,
    );
    expect(await look()).toBe('');
    await edits('prompts/en-US/tiny.yaml', 'Hi', 'Hello');
    await edits('callflows/tiny.yaml', 'start: hello', 'start: hello # and nothing else');
    expect(await look()).toMatchInlineSnapshot(
      `"callflows/tiny.yaml and prompts/en-US/tiny.yaml changed: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in)."`,
    );
    await rename(path.join(folder, 'callflows/tiny.yaml'), path.join(folder, 'callflows/small.yaml'));
    expect(await look()).toMatchInlineSnapshot(
      `"callflows/small.yaml and callflows/tiny.yaml changed: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in)."`,
    );
    for (const name of ['main', 'standard', 'two-factor'])
      for (const locale of ['en-US', 'es-ES'])
        await edits(`prompts/${locale}/${name}.yaml`, 'prompts:', 'prompts: # all');
    expect(await look()).toMatchInlineSnapshot(
      `"prompts/en-US/main.yaml, prompts/en-US/standard.yaml and 4 more changed: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in)."`,
    );
  });

  it('explains what cannot be used once, and says when it can', async () => {
    await begins();
    await edits('callflows/tiny.yaml', 'next: bye', 'next: by');
    expect(await look()).toMatchInlineSnapshot(`
      "
      The callflows cannot be used:

      callflows/tiny.yaml:5:30 ...

      Mend what is listed.
      Until then calls get the version from before, revision #.
      "
    `);
    expect(await look()).toBe('');
    await edits('callflows/tiny.yaml', 'next: by', 'next: goodbye');
    expect(await look()).toContain('callflows/tiny.yaml:5:30 ...');
    await edits('callflows/tiny.yaml', 'next: goodbye', 'next: bye');
    expect(await look()).toMatchInlineSnapshot(
      `"callflows/tiny.yaml changed, and all is well again: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in)."`,
    );
  });

  it('explains what needs ALLOW_NONCONFORMANT', async () => {
    await begins();
    await edits('callflows/two-factor.yaml', 'lasts: 5m', 'lasts: 30m');
    expect(await look()).toMatchInlineSnapshot(`
      "
      The settings cannot be used:
        - "two-factor": code.lasts is 30 minutes; at most 10 are allowed; set ALLOW_NONCONFORMANT=true if that is meant
      Correct them in the environment or in .env; every setting is explained in .env.example.
      Until then calls get the version from before, revision #.
      "
    `);
  });

  it('warns of it where that is set', async () => {
    await begins({ ALLOW_NONCONFORMANT: 'true' });
    await edits('callflows/two-factor.yaml', 'lasts: 5m', 'lasts: 30m');
    expect(await look()).toMatchInlineSnapshot(`
      "callflows/two-factor.yaml changed: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in).
      Warning: "two-factor": code.lasts is 30 minutes; at most 10 are allowed."
    `);
  });

  it('of half a save waits for the whole of it', async () => {
    await begins();
    const file = path.join(folder, 'callflows/tiny.yaml');
    await writeFile(file, '');
    const looking = look();
    await writeFile(file, `${TINY}# saved\n`);
    expect(await looking).toMatch(/^callflows\/tiny\.yaml changed: the next call gets revision #/);
    await rename(path.join(folder, 'prompts'), path.join(folder, 'away'));
    const again = look();
    await rename(path.join(folder, 'away'), path.join(folder, 'prompts'));
    expect(await again).toBe('');
  });

  it('explains a folder that is away, and says when it is back', async () => {
    await begins();
    const [prompts, away] = [path.join(folder, 'prompts'), path.join(folder, 'away')];
    await rename(prompts, away);
    expect(await look()).toMatchInlineSnapshot(`
      "
      There is no folder "prompts".
      Make it, or set PROMPTS_DIR to the folder that you mean.
      Until then calls get the version from before, revision #.
      "
    `);
    expect(await look()).toBe('');
    await rename(away, prompts);
    expect(await look()).toMatchInlineSnapshot(
      `"All is well again: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in)."`,
    );
  });

  it('explains a file that cannot be read', async () => {
    await begins();
    await rm(path.join(folder, 'callflows/tiny.yaml'));
    await cp(path.join(folder, 'prompts'), path.join(folder, 'callflows/tiny.yaml'), { recursive: true });
    expect(await look()).toMatchInlineSnapshot(`
      "
      callflows/tiny.yaml cannot be read (EISDIR).
      See that it is a file, and that this user may read it.
      Until then calls get the version from before, revision #.
      "
    `);
  });

  it('explains what it could not start with', async () => {
    await edits('callflows/tiny.yaml', 'start: hello', 'start: hallo');
    await begins();
    expect(await look()).toMatchInlineSnapshot(`
      "
      The callflows cannot be used:

      callflows/tiny.yaml:2:8 ...

      Mend what is listed.
      Until then nobody can call: whoever does is put through to AGENT_NUMBER.
      "
    `);
    expect(await look()).toBe('');
    await edits('callflows/tiny.yaml', 'start: hallo', 'start: hello');
    expect(await look()).toMatchInlineSnapshot(
      `"callflows/tiny.yaml changed, and all is well again: the next call gets revision # (main, otp-nodes, tiny, two-factor, web-sign-in)."`,
    );
  });
});
