import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { promptsCommand } from '../../../src/cli/prompts.ts';

/** A small line in two languages. */
const SMALL: Readonly<Record<string, string>> = {
  'callflows/line.yaml': `callflow: line
start: hello
account: Number
settings: { methods: [email, sms], messages: { email: { from: a@example.com, subject: Code }, sms: { from: "+12025550100" } } }
exits: { bye: { say: goodbye, hang-up: true } }
blocks:
  hello: { say: hello, next: number }
  number: { collect: number, digits: 4, save-as: Number, next: choose }
  choose: { menu: choose, keys: { 1: number, 2: send } }
  send: { send-code: chosen, paths: { sent: bye, failed: error } }
`,
  'prompts/en-US/line.yaml': `locale: en-US
prompts:
  hello: "Welcome."
  number:
    ask: "Please enter your number."
    again: "Your number, please."
    help: "It stands on your card."
  choose:
    ask: "Thank you, {Number}. What next?"
    number: "To enter another number"
    send: "To get a code"
messages:
  email: |
    Your code is {code}.

    It works for {minutes, plural, one {# minute} other {# minutes}}.
  sms: "{code} is your code. It works for {minutes} minutes."
`,
  'prompts/es-ES/line.yaml': `# Spanish
locale: es-ES
prompts:
  hello: 'Bienvenido.'            # as short as it can be
  number:
    ask: "Introduzca su número."
    again: "Su número, por favor."
    help: "Está en su tarjeta."

  # The main menu.
  choose: { ask: "Gracias, {Number}. ¿Qué desea?", number: "Para introducir otro número", send: "Para recibir un código" }
messages:
  email: |
    Su código es {code}.

    Vale {minutes, plural, one {# minuto} other {# minutos}}.
  sms: "{code} es su código. Vale {minutes} minutos."
`,
};

/** A project in a folder of its own, and `dialproof prompts` in it. */
export class ProjectFolder {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** The small line with the shipped standard prompts, and these files over it. */
  static async make(files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<ProjectFolder> {
    const project = new ProjectFolder(await mkdtemp(path.join(tmpdir(), 'dialproof-prompts-')));
    await project.copyShipped('prompts/en-US/standard.yaml', 'prompts/es-ES/standard.yaml');
    for (const [file, content] of Object.entries({ ...SMALL, ...files })) await project.write(file, content);
    return project;
  }

  /** Paths in what is printed are as if the folder were the present one. */
  async run(...args: readonly string[]): Promise<{ code: number | undefined; stdout: string; stderr: string }> {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    let code: number | undefined;
    const environment = {
      CALLFLOWS_DIR: path.join(this.folder, 'callflows'),
      PROMPTS_DIR: path.join(this.folder, 'prompts'),
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

  /** Takes over files that come with Dialproof. */
  async copyShipped(...files: readonly string[]): Promise<void> {
    for (const file of files) await this.write(file, await readFile(file));
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
