import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../support/process.ts';
import { readNetstrings, writeNetstring } from './netstring.ts';
import { readSound } from './voice.ts';

/** Where Debian has baresip's modules. */
const MODULES = '/usr/lib/baresip/modules';

/** How long a phone may take to do anything it is told. */
const PATIENCE_MS = 15_000;

interface PhoneOptions {
  /** Made for it; its recordings lie there afterwards. */
  readonly folder: string;
  /** What its person says, a WAV file. */
  readonly says: string;
  readonly autoAnswer: boolean;
}

/** A SIP phone without keys and screen: baresip, told what to do by its control port (module ctrl_tcp). */
export class Phone {
  readonly port: number;
  private readonly folder: string;
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  private readonly control: Socket;
  private readonly events = new EventEmitter();
  private readonly happened = new Set<string>();

  private constructor(parts: { port: number; folder: string; child: ChildProcess; control: Socket }) {
    this.port = parts.port;
    this.folder = parts.folder;
    this.child = parts.child;
    this.exited = once(parts.child, 'close');
    this.control = parts.control;
    // It may die: whoever waits for it is told by what it does not do.
    this.control.on('error', () => undefined);
    readNetstrings(parts.control, (text) => {
      const { type } = JSON.parse(text) as { readonly type?: string };
      if (type === undefined) return;
      this.happened.add(type);
      this.events.emit(type);
    });
  }

  static async start(options: PhoneOptions): Promise<Phone> {
    const { folder } = options;
    const [port, controlPort] = [await freePort(), await freePort()];
    await mkdir(folder);
    await writeFile(path.join(folder, 'config'), configuration({ ...options, port, controlPort }));
    const answers = options.autoAnswer ? 'auto' : 'manual';
    const account = `<sip:phone@127.0.0.1>;regint=0;audio_codecs=pcmu;answermode=${answers}\n`;
    await writeFile(path.join(folder, 'accounts'), account);
    await writeFile(path.join(folder, 'contacts'), '');
    const child = spawn('baresip', ['-4', '-f', folder], { stdio: 'ignore' });
    // Also one that was still starting when the run was interrupted.
    process.once('exit', () => child.kill('SIGKILL'));
    return new Phone({ port, folder, child, control: await connected(controlPort, child) });
  }

  dial(port: number): void {
    this.tell('dial', `sip:line@127.0.0.1:${port}`);
  }

  /** Presses one key for a moment: telephone-events of RFC 4733. */
  press(key: string): void {
    this.tell('sndcode', key);
  }

  hangUp(): void {
    this.tell('hangup');
  }

  /** Resolves once baresip has told of this, for example `CALL_ESTABLISHED`. @throws Error after 15 s */
  async tells(event: string): Promise<void> {
    if (this.happened.has(event)) return;
    await once(this.events, event, { signal: AbortSignal.timeout(PATIENCE_MS) });
  }

  /** Ends it, also when it has ended. */
  async stop(): Promise<void> {
    this.control.destroy();
    this.child.kill('SIGTERM');
    const gone = await Promise.race([this.exited, delay(PATIENCE_MS, 'late')]);
    if (gone === 'late') this.child.kill('SIGKILL');
    await this.exited;
  }

  /** What it has heard in its first call, once it was stopped: samples. @throws Error where it was in none */
  async heard(): Promise<Int16Array> {
    const file = (await readdir(this.folder)).find((name) => name.endsWith('-dec.wav'));
    if (file === undefined) throw new Error(`nothing was recorded in ${this.folder}`);
    return readSound(path.join(this.folder, file));
  }

  private tell(command: string, params = ''): void {
    this.control.write(writeNetstring(JSON.stringify({ command, params })));
  }
}

/** The control port answers once the phone is ready. @throws Error where it never does */
async function connected(port: number, child: ChildProcess): Promise<Socket> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return socket;
    } catch (error) {
      if (child.exitCode !== null || performance.now() > deadline) throw error;
      await delay(50);
    }
  }
}

function configuration(phone: PhoneOptions & { readonly port: number; readonly controlPort: number }): string {
  const lines = [
    `sip_listen 127.0.0.1:${phone.port}`,
    'net_interface 127.0.0.1',
    // It has nobody to play to: what it decodes is recorded before.
    'audio_player aubridge,nobody',
    'audio_alert aubridge,nobody',
    `audio_source aufile,${phone.says}`,
    'ausrc_srate 8000',
    'auplay_srate 8000',
    'jitter_buffer_delay 1-20',
    `module_path ${MODULES}`,
    'module g711.so',
    'module sndfile.so',
    'module aubridge.so',
    'module aufile.so',
    'module_tmp account.so',
    'module_app menu.so',
    'module_app ctrl_tcp.so',
    `ctrl_tcp_listen 127.0.0.1:${phone.controlPort}`,
    `snd_path ${phone.folder}`,
  ];
  return `${lines.join('\n')}\n`;
}
