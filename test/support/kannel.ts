import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from './process.ts';

const PROGRAMS = ['bearerbox', 'smsbox', 'fakesmsc'] as const;
type Programs = Readonly<Record<(typeof PROGRAMS)[number], string>>;

/** Debian keeps servers where only root looks, and Kannel's test programs apart. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/usr/lib/kannel/test'];

/** Kannel's programs on this machine, or what is missing (Debian: kannel, kannel-extras). */
export function findKannel(): Programs | { readonly missing: string } {
  const found = PROGRAMS.map((name) => [
    name,
    FOLDERS.map((folder) => path.join(folder, name)).find((file) => existsSync(file)),
  ]);
  const missing = found.flatMap(([name, file]) => (file === undefined ? [name] : []));
  return missing.length === 0 ? (Object.fromEntries(found) as Programs) : { missing: missing.join(', ') };
}

/** One of its processes, and all that it has said. */
class Process {
  private readonly child: ChildProcess;
  private readonly ended: Promise<string>;
  private readonly speech = new EventEmitter();
  private said = '';

  constructor(file: string, args: readonly string[]) {
    this.child = spawn(file, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (part: Buffer) => {
        this.said += part.toString();
        this.speech.emit('more');
      });
    }
    this.ended = once(this.child, 'close').then(() => 'ended');
  }

  /** Resolves with the match once it has said this. */
  async says(text: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = text.exec(this.said);
      if (found !== null) return found;
      if ((await Promise.race([this.ended, once(this.speech, 'more')])) === 'ended')
        throw new Error(`${this.child.spawnfile} ended: ${this.said}`);
    }
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

/** A real SMS gateway on free ports of this machine, in front of a message centre that prints what it gets. */
export class Kannel {
  /** `127.0.0.1:port` of its interface for sending. */
  readonly host: string;
  private readonly folder: string;
  private readonly processes: readonly Process[];
  private readonly smsbox: Process;
  private readonly fakesmsc: Process;

  private constructor(at: {
    host: string;
    folder: string;
    started: readonly Process[];
    smsbox: Process;
    fakesmsc: Process;
  }) {
    this.host = at.host;
    this.folder = at.folder;
    this.smsbox = at.smsbox;
    this.fakesmsc = at.fakesmsc;
    this.processes = at.started;
  }

  /** `denied`: the number that it takes messages for, and then has no way to deliver them. */
  static async start(programs: Programs, options: { readonly denied: string }): Promise<Kannel> {
    const [admin, boxes, centre, sending] = [await freePort(), await freePort(), await freePort(), await freePort()];
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-kannel-'));
    const file = path.join(folder, 'kannel.conf');
    await writeFile(file, configuration({ admin, boxes, centre, sending, ...options }));
    const started: Process[] = [];
    const start = (program: string, args: readonly string[]): Process => {
      const process = new Process(program, args);
      started.unshift(process);
      return process;
    };
    try {
      const bearerbox = start(programs.bearerbox, ['-v', '0', file]);
      await bearerbox.says(/smsc_fake: start called/);
      const fakesmsc = start(programs.fakesmsc, ['-H', '127.0.0.1', '-r', String(centre), '-m', '0', '1 2 text x']);
      await bearerbox.says(/Fakesmsc client connected/);
      const smsbox = start(programs.smsbox, ['-v', '0', file]);
      await smsbox.says(/Connected to bearerbox/);
      return new Kannel({ host: `127.0.0.1:${sending}`, folder, started, smsbox, fakesmsc });
    } catch (error) {
      for (const each of started) await each.stop();
      throw error;
    }
  }

  /** The text of the first message that comes to the message centre for this number. */
  async arrivesFor(number: string): Promise<string> {
    const [, text = ''] = await this.fakesmsc.says(new RegExp(`Got message \\d+: <\\S+ ${number} text (.*)>`));
    return text;
  }

  /** Resolves once a delivery report of this type was taken. */
  async reported(type: number): Promise<void> {
    await this.smsbox.says(new RegExp(`status=${type}\\b[^]*?Status line: <HTTP/1\\.1 204`));
  }

  async stop(): Promise<void> {
    for (const each of this.processes) await each.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}

function configuration(at: { admin: number; boxes: number; centre: number; sending: number; denied: string }): string {
  return `
group = core
admin-port = ${at.admin}
admin-interface = 127.0.0.1
admin-password = secret
smsbox-port = ${at.boxes}
smsbox-interface = 127.0.0.1
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = fake
port = ${at.centre}
connect-allow-ip = 127.0.0.1
denied-prefix = "${at.denied}"

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = ${at.sending}
sendsms-interface = 127.0.0.1
immediate-sendsms-reply = true

group = sendsms-user
username = dialproof
password = secret
max-messages = 1
`;
}
