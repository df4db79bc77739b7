import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Guard } from './guards.ts';

const COPIED = ['src', 'test', 'callflows', 'prompts', 'docs', 'schema', 'package.json', 'README.md', '.env.example'];

/** What vitest says of the tests that ran. */
export interface Outcome {
  /** Those that went red, by file and full title; empty where none did. */
  readonly red: readonly { readonly file: string; readonly title: string; readonly message: string }[];
  /** What vitest printed, where it could not even run. */
  readonly trouble: string | null;
}

/** How the tests are run in it. */
export interface CopySettings {
  /** A run of a test file that takes longer is ended. */
  readonly mostMs: number;
  readonly environment?: Readonly<Record<string, string>>;
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** A copy of the repository whose guards can be broken. */
export class Copy {
  private readonly folder: string;
  private readonly settings: CopySettings;

  private constructor(folder: string, settings: CopySettings) {
    this.folder = folder;
    this.settings = settings;
  }

  static async make(settings: CopySettings = { mostMs: 150_000 }): Promise<Copy> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-guards-'));
    for (const each of COPIED) await cp(each, path.join(folder, each), { recursive: true });
    await symlink(path.resolve('node_modules'), path.join(folder, 'node_modules'));
    await mkdir(path.join(folder, 'documents'));
    return new Copy(folder, settings);
  }

  /** Runs the tests of a guard without it. */
  async without({ file, from, to, tests }: Guard): Promise<Outcome> {
    const place = path.join(this.folder, 'src', file);
    const whole = await readFile(place, 'utf8');
    if (!whole.includes(from)) throw new Error(`${file} has no ${JSON.stringify(from)} to break.`);
    await writeFile(
      place,
      whole.replace(from, () => to),
    );
    try {
      for (const test of tests) {
        const outcome = await this.runs(test);
        if (outcome.red.length > 0 || outcome.trouble !== null) return outcome;
      }
      return { red: [], trouble: null };
    } finally {
      await writeFile(place, whole);
    }
  }

  private async runs(test: string): Promise<Outcome> {
    const report = path.join(this.folder, 'report.json');
    await rm(report, { force: true });
    const options = ['--bail', '1', '--reporter', 'json', '--outputFile', report];
    const printed = await run(
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--config',
        'test/mutation/vitest.config.ts',
        ...options,
        `test/${test}`,
      ],
      { cwd: this.folder, documents: path.join(this.folder, 'documents'), ...this.settings },
    );
    const written = await readFile(report, 'utf8').catch(() => null);
    return written === null ? { red: [], trouble: printed } : this.outcome(JSON.parse(written) as VitestReport);
  }

  private outcome({ testResults }: VitestReport): Outcome {
    const red = testResults.flatMap(({ name, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'failed')
        .map(({ fullName, failureMessages = [] }) => ({
          file: path.relative(this.folder, name),
          title: fullName.trim(),
          message: failureMessages.join('\n'),
        })),
    );
    const unread = testResults.find(
      ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
    );
    return { red, trouble: red.length === 0 && unread !== undefined ? `${unread.name}: ${unread.message}` : null };
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

/** What the process printed; a circle that a broken guard lets begin is ended. */
function run(
  command: readonly string[],
  at: CopySettings & { readonly cwd: string; readonly documents: string },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, ...at.environment, DIALPROOF_DOCUMENTS: at.documents, CI: 'true' };
    const child = spawn(process.execPath, command, { cwd: at.cwd, env, timeout: at.mostMs });
    let printed = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (printed += String(data)));
    child.on('error', reject);
    child.on('close', () => resolve(printed));
  });
}
