import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promptsCommand } from '../../../src/cli/prompts.ts';

/** A project in a folder of its own, and `dialproof prompts` in it. */
export class ProjectFolder {
  readonly folder: string;
  private readonly settings: Readonly<Record<string, string>>;

  private constructor(folder: string, settings: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.settings = settings;
  }

  /** The shipped project, with these files over it; `empty`: these files only. */
  static async make(
    files: Readonly<Record<string, string | Uint8Array>> = {},
    options: { readonly empty?: true; readonly settings?: Readonly<Record<string, string>> } = {},
  ): Promise<ProjectFolder> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-prompts-'));
    const project = new ProjectFolder(folder, options.settings ?? {});
    for (const part of ['callflows', 'prompts'])
      if (options.empty === true) await mkdir(path.join(folder, part));
      else await cp(part, path.join(folder, part), { recursive: true });
    for (const [file, content] of Object.entries(files)) await project.write(file, content);
    return project;
  }

  /** Paths in what is printed are as if the folder were the present one. */
  async run(...args: readonly string[]): Promise<{ code: number | undefined; stdout: string; stderr: string }> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    let code: number | undefined;
    const environment = {
      CALLFLOWS_DIR: path.join(this.folder, 'callflows'),
      PROMPTS_DIR: path.join(this.folder, 'prompts'),
      ...this.settings,
    };
    const command = promptsCommand({
      environment: () => environment,
      stdout,
      stderr,
      finish: (found) => (code = found),
    });
    const printed = Promise.all([text(stdout), text(stderr)]);
    await command.parseAsync(args, { from: 'user' });
    stdout.end();
    stderr.end();
    const [out, err] = (await printed).map((each) => each.replaceAll(`${this.folder}/`, '')) as [string, string];
    return { code, stdout: out, stderr: err };
  }

  path(file: string): string {
    return path.join(this.folder, file);
  }

  read(file: string): Promise<string> {
    return readFile(this.path(file), 'utf8');
  }

  async write(file: string, content: string | Uint8Array): Promise<void> {
    await mkdir(path.dirname(this.path(file)), { recursive: true });
    await writeFile(this.path(file), content);
  }

  /** Replaces a text that stands in a file. */
  async edit(file: string, from: string, to: string): Promise<void> {
    const before = await this.read(file);
    if (!before.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    await this.write(file, before.replace(from, to));
  }

  /** Every prompt file with its content. */
  async prompts(): Promise<Readonly<Record<string, string>>> {
    const names = await readdir(this.path('prompts'), { recursive: true });
    const files = names.filter((name) => name.endsWith('.yaml')).sort();
    return Object.fromEntries(await Promise.all(files.map(async (name) => [name, await this.read(`prompts/${name}`)])));
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
