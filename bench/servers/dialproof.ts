import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ServerProcess } from './server-process.ts';

const MAIN = path.resolve('dist/bin/dialproof.js');

const FILES = [
  ['bench/line/callflow.yaml', 'callflows/line.yaml'],
  ['bench/line/verified.yaml', 'callflows/verified.yaml'],
  ['callflows/two-factor.yaml', 'callflows/two-factor.yaml'],
  ['prompts/en-US/standard.yaml', 'prompts/en-US/standard.yaml'],
  ['prompts/en-US/two-factor.yaml', 'prompts/en-US/two-factor.yaml'],
  ['bench/line/prompts.yaml', 'prompts/en-US/line.yaml'],
  ['bench/line/verified-prompts.yaml', 'prompts/en-US/verified.yaml'],
] as const;

/** Services that nobody asks where no caller is verified. */
const UNUSED = {
  AGENT_NUMBER: '+12025550199',
  CONTACT_METHODS_URL: 'https://company.example.com/contact-methods',
  EMAIL_SMTP_HOST: 'mail.example.com',
  SMS_URL: 'https://company.example.com/messages',
  SMS_REQUEST_BODY: '{"to":"{{to}}","text":"{{text}}"}',
};

/** A folder to start Dialproof in, as in production, with the line that is measured. */
export class Installation {
  readonly folder: string;
  private readonly secretKey = randomBytes(32).toString('base64');

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Installation> {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialproof-bench-'));
    await mkdir(path.join(folder, 'callflows'));
    for (const [from, to] of FILES) await cp(from, path.join(folder, to));
    return new Installation(folder);
  }

  /** The file of its store. */
  get store(): string {
    return path.join(this.folder, 'data/dialproof.db');
  }

  /** With these settings besides; as often as one likes, for several processes on one store. */
  start(settings: Readonly<Record<string, string>> = {}, name = 'Dialproof'): Promise<ServerProcess> {
    return ServerProcess.start({
      name,
      args: [MAIN, 'serve'],
      folder: this.folder,
      environment: {
        SECRET_KEY: this.secretKey,
        DATA_DIR: path.join(this.folder, 'data'),
        ...UNUSED,
        ...settings,
      },
    });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true });
  }
}
