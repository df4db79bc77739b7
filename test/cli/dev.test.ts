import { cp, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Designer } from '../support/designer.ts';
import { Program } from '../support/process.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const AGENT = '+12025550199';

const designers: Designer[] = [];
afterAll(() => Promise.all(designers.map((each) => each.ends())));

async function designer(settings?: Readonly<Record<string, string>>): Promise<Designer> {
  const made = await Designer.begin(settings);
  designers.push(made);
  return made;
}

/** The wording that every call to `main` begins with, and the one of `two-factor`. */
const FIRST = { file: 'prompts/en-US/main.yaml', at: 'ask: "' };
const GREETING = { file: 'prompts/en-US/two-factor.yaml', at: 'greeting: "' };

/** Puts words before a wording. */
function puts(her: Designer, words: string, { file, at } = FIRST): Promise<void> {
  return her.edits(file, at, `${at}${words} `);
}

describe('dialproof dev, at work', () => {
  let her: Designer;
  beforeAll(async () => {
    her = await designer();
    await her.starts('dev');
  });
  afterEach(() => her.restores());

  it('a wording that is saved is what the next call hears', async () => {
    const took: number[] = [];
    for (let version = 1; version <= 7; version++) {
      const since = performance.now();
      await puts(her, `Version ${version}.`);
      await her.untilSaid('prompts/en-US/main.yaml changed: the next call gets revision ', version);
      expect((await her.caller().dials('main')).heard).toMatch(new RegExp(`^Version ${version}\\.`));
      took.push(Math.round(performance.now() - since));
    }
    console.log(`from the save to the first words of the next call: ${took.join(', ')} ms`);
  });

  it.each<[how: string, change: () => Promise<void>, heard: string, callflow?: string]>([
    [
      'a file that an editor puts in the place of the old one',
      async () => {
        const { file, at } = FIRST;
        await her.writes(`${file}.tmp`, (await her.read(file)).replace(at, `${at}Put in place. `));
        await rename(path.join(her.folder, `${file}.tmp`), path.join(her.folder, file));
      },
      'Put in place.',
    ],
    [
      'a new callflow, and its wording',
      async () => {
        const text =
          'callflow: tiny\nstart: hello\nexits: { bye: { hang-up: true } }\nblocks: { hello: { say: hello, next: bye } }\n';
        await her.writes('callflows/tiny.yaml', text);
        await her.writes('prompts/en-US/tiny.yaml', 'locale: en-US\nprompts: { hello: "Tiny." }\n');
      },
      'Tiny.',
      'tiny',
    ],
    [
      'a new language in a folder of its own',
      async () => {
        await mkdir(path.join(her.folder, 'prompts/en-GB'));
        for (const name of ['standard', 'main', 'two-factor'])
          await her.writes(
            `prompts/en-GB/${name}.yaml`,
            (await her.read(`prompts/en-US/${name}.yaml`)).replace('en-US', 'en-GB'),
          );
        await puts(her, 'Good day.', { ...FIRST, file: 'prompts/en-GB/main.yaml' });
        await her.edits('callflows/main.yaml', 'start: account', 'start: british');
        await her.edits(
          'callflows/main.yaml',
          'blocks:',
          'blocks:\n  british: { set: { locale: en-GB }, next: account }',
        );
      },
      'Good day.',
    ],
    [
      'files that are taken away',
      async () => {
        await rm(path.join(her.folder, 'callflows/main.yaml'));
        for (const locale of ['en-US', 'es-ES']) await rm(path.join(her.folder, `prompts/${locale}/main.yaml`));
      },
      'Sorry, we have a technical problem.',
    ],
    [
      'whole folders in the place of the old ones, as a checkout leaves them',
      async () => {
        for (const name of ['callflows', 'prompts']) {
          const [folder, copy] = [path.join(her.folder, name), path.join(her.folder, `${name}-new`)];
          await cp(folder, copy, { recursive: true });
          await rm(folder, { recursive: true });
          await rename(copy, folder);
        }
        await puts(her, 'Checked out.');
      },
      'Checked out.',
    ],
  ])('%s: serves the next call, and so does the next file that is saved', async (_how, change, heard, callflow) => {
    await change();
    expect(await her.hears(heard, callflow)).toContain(heard);
    await puts(her, 'First of all.', GREETING);
    expect(await her.hears('First of all.', 'two-factor')).toMatch(/^First of all\. /);
  });
});

describe('dialproof dev', () => {
  it('a call in progress goes on as it began, whatever is saved meanwhile', async () => {
    const her = await designer();
    await her.starts('dev');
    const caller = await her.caller().dials('main');
    await caller.presses('1001');
    await caller.presses('2');
    await her.edits('callflows/two-factor.yaml', 'digits: 6', 'digits: 8');
    await her.edits('callflows/main.yaml', '{ 1: identify, 2: agent }', '{ 1: agent, 2: identify }');
    await her.edits('prompts/en-US/main.yaml', 'balance: "', 'balance: "New: ');
    await puts(her, 'New:');
    expect(await her.hears('New:')).toMatch(/^New: /);
    await her.edits('prompts/en-US/standard.yaml', 'locale: en-US', 'locale: en US');
    await her.untilSaid('Until then calls get the version from before');
    await caller.presses(await her.code());
    expect(caller.gather.numDigits).toBe(1);
    expect(caller.heard).not.toContain('New:');
    await caller.presses('2');
    expect(caller.dialled).toBe(AGENT);
  });

  it('a change that cannot be used is explained as the server does at its start; the next call gets the version from before', async () => {
    const her = await designer();
    const dev = await her.starts('dev');
    const { heard } = await her.caller().dials('main');
    await her.edits('callflows/main.yaml', 'link: two-factor', 'link: two-fctor');
    await her.untilSaid('Until then');
    const serve = new Program(['serve'], { environment: { ...her.environment, PORT: '0' }, folder: her.folder });
    expect(await serve.exited).toBe(3);
    expect(dev.stderr).toContain(`\n${serve.stderr}Until then calls get the version from before, revision `);
    expect(serve.stderr).toMatch(/^callflows\/main\.yaml:\d+:11 {2}error CF205/m);
    expect((await her.caller().dials('main')).heard).toBe(heard);
    await her.edits('callflows/main.yaml', 'link: two-fctor', 'link: two-factor');
    await her.untilSaid('callflows/main.yaml changed, and all is well again: the next call gets revision ');
    await her.edits('callflows/two-factor.yaml', 'lasts: 5m', 'lasts: 30m');
    await her.untilSaid('"two-factor": code.lasts is 30 minutes; at most 10 are allowed; set ALLOW_NONCONFORMANT=true');
  });

  it('files that cannot be used at the start: it waits, callers reach a person, and once they are mended they serve', async () => {
    const her = await designer();
    await her.edits('callflows/main.yaml', 'callflow: main', 'callflow main');
    const dev = await her.starts('dev');
    await her.untilSaid('Until then nobody can call');
    expect(dev.stderr).toMatch(/^callflows\/main\.yaml:\d+:\d+ {2}error CF\d+/m);
    expect((await her.caller().dials('main')).dialled).toBe(AGENT);
    expect(await her.readiness()).toEqual({
      status: 'not ready',
      reasons: ['There is no callflow that can be used.', 'See what is wrong with them: npx dialproof check'],
    });
    await her.edits('callflows/main.yaml', 'callflow main', 'callflow: main');
    await her.untilSaid('and all is well again');
    expect(await her.readiness()).toEqual({ status: 'ready' });
    expect((await her.caller().dials('main')).dialled).toBeNull();
  });

  it.each([
    ['only what goes wrong, unless it is told', '', /^$/],
    ['all that it is told to', 'info', /"callflow":"main"/],
  ])('logs %s', async (_what, level, logged) => {
    const her = await designer({ LOG_LEVEL: level });
    const dev = await her.starts('dev');
    await her.caller().dials('main');
    expect(await dev.ends('SIGINT')).toBe(0);
    expect(dev.stdout).toMatch(logged);
  });

  it('SIGINT ends it with 0', async () => {
    const her = await designer();
    const dev = await her.starts('dev');
    expect(await dev.ends('SIGINT')).toBe(0);
    expect(dev.stderr).not.toMatch(/error/i);
  });

  it.each<[why: string, settings: Record<string, string>, words: string]>([
    ['in production', { NODE_ENV: 'production' }, 'NODE_ENV is production'],
    ['where there is no folder to watch', { PROMPTS_DIR: '/nowhere/at/all' }, 'There is no folder "/nowhere/at/all".'],
    ['with a setting that cannot be used', { SMS_TIMEOUT: '5' }, 'SMS_TIMEOUT must be at least 100'],
  ])('%s it does not start: exit code 3', async (_why, settings, words) => {
    const her = await designer();
    const dev = new Program(['dev'], { environment: { ...her.environment, ...settings }, folder: her.folder });
    expect(await dev.exited).toBe(3);
    expect(dev.stderr).toContain(words);
  });
});
