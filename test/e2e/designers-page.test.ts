import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { fileOf } from '../docs/examples.ts';
import { fences, readPage, type Fence } from '../docs/markdown.ts';
import { Designer } from '../support/designer.ts';
import { Program } from '../support/process.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const run = promisify(execFile);
const COMMIT = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.test', 'commit', '-q', '-m', 'as it was'];

/** What a step of the page leads to. */
interface Outcome {
  /** 0 where it is left out; `diff` ends with 1 when there are differences. */
  readonly code?: number;
  readonly prints?: string;
  /** What the next call to a callflow hears. */
  readonly hears?: readonly [words: string, callflow: string];
  readonly writes?: readonly [file: string, text: string];
}

const OUTCOMES: Readonly<Record<string, Outcome>> = {
  'npx dialproof call main --keys "1001#,1,{code}"': { prints: 'Exit:  success (as expected)' },
  'prompts/en-US/main.yaml': { hears: ['Hello, this is the savings bank.', 'main'] },
  'npx dialproof explain CF201': { prints: 'A target, the start or a service that is not there.' },
  'npx dialproof show main --out main.svg': { writes: ['main.svg', '<svg '] },
  'npx dialproof show two-factor --as script': { prints: 'Your code is on its way' },
  'prompts/es-ES/balance-line.yaml': { hears: ['Para español', 'balance-line'] },
  'npx dialproof call balance-line --keys "1,1002#,{code},2"': { prints: 'Your balance is' },
  'npx dialproof call balance-line --keys "2,1002#,{code},2"': { prints: 'Su saldo es de' },
  'npx dialproof check --strict': { prints: 'Nothing to mend: ' },
  'npx dialproof call balance-line --keys "0" --ends queue': { prints: 'Exit:  queue (as expected)' },
  'npx dialproof call balance-line --keys "1,1002#,{wrong},{wrong},{wrong}" --ends queue': {
    prints: 'Exit:  queue (as expected)',
  },
  'npx dialproof diff git:HEAD': { code: 1, prints: 'Hello, this is the savings bank.' },
  'npx dialproof prompts export --format csv --locale es-ES --out es-ES.csv': {
    writes: ['es-ES.csv', 'Le damos la bienvenida.'],
  },
};

describe('docs/designers.md, from top to bottom, in a project with its server running', () => {
  let her: Designer;
  beforeAll(async () => {
    her = await Designer.begin();
    for (const words of [['init', '-q'], ['add', '.'], COMMIT]) await run('git', words, { cwd: her.folder });
  });
  afterAll(() => her.ends());

  /** Runs a command in her second terminal. */
  async function types(command: string): Promise<{ readonly code: number | null; readonly printed: string }> {
    const [, , ...words] = [...command.matchAll(/"([^"]*)"|\S+/g)].map((match) => match[1] ?? match[0]);
    const program = new Program(words, { environment: her.environment, folder: her.folder });
    return { code: await program.exited, printed: program.stdout + program.stderr };
  }

  const page = fences(readPage('docs/designers.md'));
  const steps = page.map((step): [under: string, name: string, step: Fence] => [
    step.under,
    fileOf(step) ?? step.text.trim(),
    step,
  ]);

  it.each(steps.filter(([, name]) => name !== 'npm ci'))('%s: %s', async (under, name, step) => {
    const { code = 0, prints = '', hears, writes } = OUTCOMES[name] ?? {};
    if (under === 'Make a mistake' && name === 'npx dialproof check') {
      await her.edits('callflows/main.yaml', 'success: say-balance', 'success: say-balanse');
      await her.untilSaid('CF201');
      expect(await types(name)).toMatchObject({ code: 1, printed: expect.stringContaining('say-balance"?') });
      await her.edits('callflows/main.yaml', 'success: say-balanse', 'success: say-balance');
      return her.untilSaid('all is well again');
    }
    if (name === 'npx dialproof dev') return void (await her.starts('dev'));
    if (step.language === 'yaml') await her.writes(name, step.text);
    else expect(await types(name)).toMatchObject({ code, printed: expect.stringContaining(prints) });
    if (hears !== undefined) await her.hears(...hears);
    if (writes !== undefined) expect(await her.read(writes[0])).toContain(writes[1]);
  });

  it('every outcome here is one of a step that is there', () => {
    const names = steps.map(([, name]) => name);
    expect(Object.keys(OUTCOMES).filter((name) => !names.includes(name))).toEqual([]);
  });
});
