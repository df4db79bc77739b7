/** All that the calls need besides their callers: the server as it is shipped, the exchange, the agent's phone. */
import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePort, Program } from '../support/process.ts';
import { Phone } from './phone.ts';
import { SipEndpoint } from './sip-endpoint.ts';
import { speakToFile } from './voice.ts';

export interface Stage {
  readonly sip: SipEndpoint;
  readonly agent: Phone;
  /** Where the server listens; its PUBLIC_URL, too. */
  readonly server: string;
  readonly authToken: string;
  /** A phone of its own for each call. */
  readonly callerFor: (call: string) => Promise<Phone>;
}

/** In `closers` stands how to end what was started, the newest first. */
export type Closers = (() => Promise<unknown>)[];

export async function setStage(folder: string, closers: Closers): Promise<Stage> {
  const server = await startServer(folder, closers);
  const sip = await SipEndpoint.open();
  closers.unshift(async () => sip.close());
  const says = { caller: path.join(folder, 'caller.wav'), agent: path.join(folder, 'agent.wav') };
  // Longer than any call: a phone whose person falls silent hangs up.
  await speakToFile('Hello, this is the caller.', says.caller, 90);
  await speakToFile('Hello, this is the agent. How can I help you?', says.agent, 60);
  const start = async (name: string, role: keyof typeof says): Promise<Phone> => {
    const options = { folder: path.join(folder, name), says: says[role], autoAnswer: role === 'agent' };
    const phone = await Phone.start(options);
    closers.unshift(() => phone.stop());
    return phone;
  };
  const agent = await start('agent-phone', 'agent');
  return { sip, agent, ...server, callerFor: (call) => start(`caller-${call}`, 'caller') };
}

async function startServer(folder: string, closers: Closers): Promise<Pick<Stage, 'server' | 'authToken'>> {
  const port = await freePort();
  const server = `http://127.0.0.1:${port}`;
  const authToken = randomBytes(16).toString('hex');
  const prompts = path.join(folder, 'prompts');
  await cp('prompts', prompts, { recursive: true });
  await record(prompts);
  const environment = {
    PORT: String(port),
    HOST: '127.0.0.1',
    PUBLIC_URL: server,
    DATA_DIR: path.join(folder, 'data'),
    PROMPTS_DIR: prompts,
    TWILIO_AUTH_TOKEN: authToken,
  };
  const program = new Program(['serve'], { environment });
  closers.unshift(() => program.ends('SIGTERM'));
  await program.ready();
  return { server, authToken };
}

/** One prompt is a recording, so that a Play is heard as well as a Say. */
async function record(prompts: string): Promise<void> {
  const file = path.join(prompts, 'en-US/main.yaml');
  const text = await readFile(file, 'utf8');
  const [ask, words = ''] = /ask: "(Is there anything else\?)"/.exec(text) ?? [];
  if (ask === undefined) throw new Error(`${file} does not ask whether there is anything else`);
  await writeFile(file, text.replace(ask, `ask: { text: "${words}", audio: anything-else.wav }`));
  await mkdir(path.join(prompts, 'en-US/audio'));
  await speakToFile(words, path.join(prompts, 'en-US/audio/anything-else.wav'), 1);
}
