/** The proxies of docs/operations, from Debian, in front of servers of this machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { run } from './deployed.ts';

/** Debian keeps servers where only root looks. */
const FOLDERS = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin'];

/** A program of this machine; null where it is not installed. */
export function installed(name: string): string | null {
  return FOLDERS.map((folder) => path.join(folder, name)).find((file) => existsSync(file)) ?? null;
}

export interface Fronting {
  /** Where the proxy listens. */
  readonly port: number;
  /** Where the instances listen. */
  readonly ports: readonly [number, number];
}

/** nginx.conf with these ports, a certificate for `localhost` and logs in the folder, and the file around it. */
export async function nginxConfiguration(folder: string, { port, ports }: Fronting): Promise<string> {
  await run(certificate, { folder });
  const text = (await readFile('docs/operations/nginx.conf', 'utf8'))
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace('127.0.0.1:3000', `127.0.0.1:${ports[0]}`)
    .replace('127.0.0.1:3001', `127.0.0.1:${ports[1]}`)
    .replace('calls.example.com;', 'localhost;')
    .replace(/\/etc\/ssl\/\S+\.pem/, `${folder}/certificate.pem`)
    .replace(/\/etc\/ssl\/\S+\.key/, `${folder}/certificate.key`)
    .replace('/var/log/nginx', folder);
  await writeFile(path.join(folder, 'site.conf'), text);
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((each) => `${each}_temp_path temp;`);
  await mkdir(path.join(folder, 'temp'));
  const main = path.join(folder, 'nginx.conf');
  const around = `daemon off; pid nginx.pid; error_log main.log; events {}\nhttp { ${temporary.join(' ')} include site.conf; }\n`;
  await writeFile(main, around);
  return main;
}

/** The Caddyfile without its door for administrators, whose port may be another's. */
export async function caddyfile(folder: string): Promise<string> {
  const file = path.join(folder, 'Caddyfile');
  const text = await readFile('docs/operations/Caddyfile', 'utf8');
  await writeFile(file, text.replace(/^\{$/m, '{\n\tadmin off'));
  return file;
}

/** Makes a certificate for this machine alone. */
export const certificate =
  'openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=localhost -addext subjectAltName=DNS:localhost -days 2 -keyout certificate.key -out certificate.pem';

/** A proxy as a process of ours. */
export class ReverseProxy {
  /** All that it has printed. */
  log = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  private constructor(command: readonly string[], environment: Readonly<Record<string, string>>) {
    const [file = '', ...args] = command;
    this.child = spawn(file, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    this.ended = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (part: Buffer) => (this.log += part.toString()));
  }

  static async nginx(program: string, folder: string, at: Fronting): Promise<ReverseProxy> {
    const main = await nginxConfiguration(folder, at);
    return new ReverseProxy([program, '-p', folder, '-c', main], {}).listens(at.port);
  }

  static async caddy(program: string, folder: string, at: Fronting): Promise<ReverseProxy> {
    const environment = {
      HOME: folder,
      DIALPROOF_SITE: `http://localhost:${at.port}`,
      DIALPROOF_INSTANCES: at.ports.map((port) => `127.0.0.1:${port}`).join(' '),
    };
    const command = [program, 'run', '--adapter', 'caddyfile', '--config', await caddyfile(folder)];
    return new ReverseProxy(command, environment).listens(at.port);
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  /** Resolves once it takes connections. */
  private async listens(port: number): Promise<this> {
    for (let tries = 0; tries < 200; tries++) {
      const socket = connect(port, '127.0.0.1');
      const taken = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
      if (taken) return this;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await this.stop();
    throw new Error(`the proxy does not listen: ${this.log}`);
  }
}
