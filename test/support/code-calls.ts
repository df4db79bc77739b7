import { Caller, said, type Answer } from './caller.ts';
import { contactMethods } from './contact-methods.ts';
import { httpStub } from './stub-server.ts';
import { twilioStub, type TwilioStub } from './twilio-stub.ts';
import { World, type WorldOptions } from './world.ts';

/** The number that calls. */
export const CALLING = '+12025550177';
/** The number that the customer's system has verified. */
export const VERIFIED = '+12025550156';

/** A world whose customers have a number that codes are told by, and Twilio that takes the calls. */
export interface CodeCallWorld {
  readonly world: World;
  readonly twilio: TwilioStub;
  /** What the customer's system lists; changed at will. */
  listed: string;
  close(): Promise<void>;
}

const SENDER = [
  '    sms:   { from: "+12025550100" }',
  `    sms:   { from: "+12025550100" }\n    voice: { from: "${CALLING}" }`,
] as const;

/** A start request may say the language of the call. */
const LANGUAGE = ['inputs: [AccountNumber,', 'inputs: [locale, AccountNumber,'] as const;

export async function codeCallWorld(options: WorldOptions = {}): Promise<CodeCallWorld> {
  const twilio = await twilioStub();
  const service = await httpStub((response) => response.end(contactMethods(of.listed)));
  const world = await World.open({
    ...options,
    settings: {
      ...twilio.settings,
      CONTACT_METHODS_URL: `${service.url}methods`,
      SERVICE_HOSTS: service.host,
      ...options.settings,
    },
    edit: { 'callflows/two-factor.yaml': [SENDER, LANGUAGE], ...options.edit },
  });
  const of = {
    world,
    twilio,
    listed: `<method name="voice" value="${VERIFIED}"/>`,
    async close() {
      await world.close();
      await twilio.close();
      await service.close();
    },
  };
  return of;
}

/** The telephone of the person who is called, as the platform leads it. */
export class PersonCalled {
  readonly url: string;
  readonly phone: Caller;
  private readonly world: World;

  constructor({ world, twilio }: Pick<CodeCallWorld, 'world' | 'twilio'>, nth = -1) {
    const { Url = '', To = '', From = '' } = twilio.calls.at(nth) ?? {};
    this.url = Url;
    this.world = world;
    this.phone = new Caller(world.address, { from: From, to: To });
  }

  async answers(parameters: Readonly<Record<string, string>> = {}): Promise<this> {
    return this.hears(await this.phone.post(this.url, parameters));
  }

  async presses(key: string): Promise<this> {
    return this.hears(await this.phone.post(this.phone.action, { Digits: key }));
  }

  async isSilent(): Promise<this> {
    return this.hears(await this.phone.post(this.phone.redirect));
  }

  /** The call is over, as the platform reports it. */
  async ends(status = 'completed'): Promise<Answer> {
    return this.phone.post(this.url, { CallStatus: status });
  }

  /** Answers, and asks for the code. */
  async listens(): Promise<string> {
    await this.answers();
    await this.presses(this.key);
    return this.code;
  }

  /** The key that the last document asks for. */
  get key(): string {
    const key = /(?:press|pulse) (\d)/.exec(this.heard)?.[1];
    if (key === undefined) throw new Error(`no key is asked for in ${this.phone.body}`);
    return key;
  }

  /** Any key that is not asked for. */
  get otherKey(): string {
    return this.key === '1' ? '2' : '1';
  }

  get heard(): string {
    return said(this.phone.body);
  }

  /** The code that the last document tells. */
  get code(): string {
    const [code] = codesIn(this.phone.body);
    if (code === undefined) throw new Error(`no code is told in ${this.phone.body}`);
    return code;
  }

  /** What it heard becomes the call's own document; codes go where the world looks for leaks. */
  private hears(answer: Answer): this {
    if (answer.status !== 200) throw new Error(`expected a document, got ${answer.status}: ${answer.body}`);
    this.phone.body = answer.body;
    const report = this.url.split('/').at(-1) ?? '';
    for (const text of codesIn(answer.body)) this.world.inbox.add({ method: 'sms', to: this.phone.to, text, report });
    return this;
  }
}

/** The codes that a document tells, each once. */
export function codesIn(body: string): readonly string[] {
  const codes = (said(body).match(/\d(?: \d){3,9}/g) ?? []).map((code) => code.replaceAll(' ', ''));
  return [...new Set(codes)];
}
