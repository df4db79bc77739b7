import { randomInt } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Caller, said, type Address, type Answer } from './caller.ts';

export interface Heard {
  readonly url: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface CustomerOptions {
  readonly account: string;
  /** What has come to this customer, oldest first. */
  readonly codes: () => readonly string[];
  /** Hears of each webhook that was answered. */
  readonly onAnswer?: () => void;
  /** Most milliseconds before a key is pressed. */
  readonly thinks: number;
}

/** Milliseconds between two tries to reach a server that does not answer. */
const AGAIN_AFTER = 25;
/** Longest time without an answer, milliseconds. */
const PATIENCE = 60_000;

/**
 * Somebody who calls to be verified by the one code that comes by email, types it wrong once, and asks again whenever
 * it could not be sent; behind a platform that repeats a webhook until it is answered.
 */
export class Customer extends Caller {
  /** Every webhook that was answered, in order. */
  readonly answered: Heard[] = [];
  /** Times that no answer came, and the webhook was sent once more. */
  repeats = 0;
  /** Codes that were typed. */
  entries = 0;
  /** Sends that were asked for. */
  sends = 0;
  private readonly options: CustomerOptions;

  constructor(address: Address, options: CustomerOptions) {
    super(address);
    this.options = options;
  }

  override async post(url: string, parameters: Readonly<Record<string, string>> = {}): Promise<Answer> {
    for (const since = performance.now(); ;) {
      try {
        const answer = await super.post(url, parameters);
        this.answered.push({ url, parameters, body: answer.body });
        this.options.onAnswer?.();
        return answer;
      } catch (error) {
        if (performance.now() - since > PATIENCE) throw error;
        this.repeats += 1;
        await pause(AGAIN_AFTER);
      }
    }
  }

  /** The same webhook again, as a platform repeats it much later. */
  repeat({ url, parameters }: Heard): Promise<Answer> {
    return super.post(url, parameters);
  }

  /** A whole call: whether it ended verified. */
  async calls(): Promise<boolean> {
    this.sends = 1;
    await this.dials('two-factor', { AccountNumber: this.options.account });
    let verified = false;
    for (let turn = 0; turn < 30; turn++) {
      await this.followsRedirects();
      verified ||= this.heard.includes('you are verified');
      if (this.hasEnded || this.dialled !== null) return verified;
      await this.answers();
    }
    const turns = this.answered.map(
      ({ url, parameters, body }) => `${url.slice(-24)} ${parameters['Digits'] ?? ''}: ${said(body).slice(0, 70)}`,
    );
    throw new Error(`the call of ${this.options.account} does not end:\n${turns.join('\n')}`);
  }

  private async answers(): Promise<void> {
    await pause(randomInt(this.options.thinks + 1));
    if (this.heard.includes('could not send')) {
      this.sends += 1;
      await this.presses('1');
      return;
    }
    const code = this.options.codes().at(-1) ?? '';
    this.entries += 1;
    await this.presses(this.entries === 1 ? wrongFor(code) : code);
  }

  private async followsRedirects(): Promise<void> {
    while (this.verbs.length === 1 && this.verbs[0]?.verb === 'redirect') await this.go(this.redirect);
    await this.waits();
  }
}

function wrongFor(code: string): string {
  return code === '000000' ? '000001' : '000000';
}
