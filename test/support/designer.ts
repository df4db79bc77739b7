import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Caller, type Answer } from './caller.ts';
import { freePort, Program } from './process.ts';

/** Like platforms, it tries a connection that broke once more: the one that it kept open died with the server. */
class Line extends Caller {
  override async post(...request: Parameters<Caller['post']>): Promise<Answer> {
    return super.post(...request).catch(() => super.post(...request));
  }
}

/** Somebody with an editor: a copy of the shipped callflows and prompts, and a server process that is given them. */
export class Designer {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  private program: Program | null = null;

  private constructor(folder: string, environment: Readonly<Record<string, string>>) {
    this.folder = folder;
    this.environment = environment;
  }

  static async begin(settings: Readonly<Record<string, string>> = {}): Promise<Designer> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-designer-'));
    const port = await freePort();
    const designer = new Designer(folder, {
      PORT: String(port),
      PUBLIC_URL: `http://localhost:${port}`,
      TWILIO_AUTH_TOKEN: randomBytes(16).toString('hex'),
      LOG_LEVEL: 'warn',
      ...settings,
    });
    await designer.restores();
    return designer;
  }

  /** Takes all files away, and puts those that are shipped in their place. */
  async restores(): Promise<void> {
    for (const name of ['callflows', 'prompts']) {
      await rm(path.join(this.folder, name), { recursive: true, force: true });
      await cp(name, path.join(this.folder, name), { recursive: true });
    }
  }

  /** Runs a command in the folder, and waits until it takes calls. */
  async starts(command: 'serve' | 'dev'): Promise<Program> {
    this.program = new Program([command], { environment: this.environment, folder: this.folder });
    await this.program.ready();
    return this.program;
  }

  async kills(): Promise<void> {
    await this.program?.ends('SIGKILL');
  }

  /** In place of what stands in a file. */
  async edits(file: string, from: string, to: string): Promise<void> {
    const text = await this.read(file);
    if (!text.includes(from)) throw new Error(`${file} does not hold: ${from}`);
    await this.writes(file, text.replace(from, to));
  }

  async writes(file: string, text: string): Promise<void> {
    await writeFile(path.join(this.folder, file), text);
  }

  read(file: string): Promise<string> {
    return readFile(path.join(this.folder, file), 'utf8');
  }

  caller(): Caller {
    const { PORT, PUBLIC_URL: publicUrl = '', TWILIO_AUTH_TOKEN: authToken = '' } = this.environment;
    return new Line({ server: `http://127.0.0.1:${PORT}`, publicUrl, authToken });
  }

  /** What `/readyz` says. */
  async readiness(): Promise<unknown> {
    return (await fetch(`http://127.0.0.1:${this.environment['PORT']}/readyz`)).json();
  }

  /** The newest code that the demo company's inbox shows. */
  async code(): Promise<string> {
    const response = await fetch(`http://127.0.0.1:${this.environment['PORT']}/demo/api/inbox`);
    const { messages } = (await response.json()) as { readonly messages: readonly { readonly code: string }[] };
    return messages[0]?.code ?? '';
  }

  /** The exit that a call left by; null while it goes on. */
  async exitOf({ call }: Caller): Promise<string | null> {
    const response = await fetch(`http://127.0.0.1:${this.environment['PORT']}/demo/api/calls/${call}`);
    return ((await response.json()) as { readonly exit: string | null }).exit;
  }

  /** What the next call hears, once that holds these words. */
  async hears(words: string, callflow = 'main'): Promise<string> {
    let heard = '';
    await this.until(async () => {
      ({ heard } = await this.caller().dials(callflow));
      return heard.includes(words) ? null : `callers hear: ${heard}`;
    });
    return heard;
  }

  /** Waits until the running command has said this, so often. */
  async untilSaid(words: string, times = 1): Promise<void> {
    await this.until(() => {
      const said = this.program?.stderr ?? '';
      return said.split(words).length > times ? null : `it has not said "${words}", but: ${said}`;
    });
  }

  /** Asks again and again, for far longer than anything is promised to take: the machine may do something else besides. */
  private async until(missing: () => Promise<string | null> | string | null): Promise<void> {
    for (const since = performance.now(); ;) {
      const what = await missing();
      if (what === null) return;
      if (performance.now() - since > 15_000) throw new Error(what);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async ends(): Promise<void> {
    await this.kills();
    await rm(this.folder, { recursive: true, force: true });
  }
}
