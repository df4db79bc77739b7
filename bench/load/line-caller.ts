import { Pool } from 'undici';
import { LineCall, type Target } from './line-call.ts';

/** Calls side by side over connections that are kept, one request at a time on each. */
export class LineCaller {
  private readonly pool: Pool;
  private readonly idle: LineCall[] = [];
  private readonly target: Target;

  constructor(target: Target, connections: number) {
    this.target = target;
    this.pool = new Pool(target.server, { connections, pipelining: 1 });
  }

  /** The next turn of a call that waits for nothing, or the first of a new one. */
  async turn(): Promise<void> {
    const call = this.idle.pop() ?? new LineCall(this.target);
    await this.play(call);
    this.idle.push(call);
  }

  /** So many new calls at once, which then wait at their first question. */
  async starts(calls: number): Promise<void> {
    await Promise.all(Array.from({ length: calls }, () => this.play(new LineCall(this.target))));
  }

  /** From the start to the end. */
  async playWhole(call: LineCall): Promise<void> {
    do await this.play(call);
    while (!call.isOver);
  }

  private async play(call: LineCall): Promise<void> {
    const { path, body, signature } = call.next();
    const response = await this.pool.request({ method: 'POST', path, body, headers: headersOf(signature) });
    call.heard(response.statusCode, await response.body.text());
  }

  async close(): Promise<void> {
    await this.pool.close();
  }
}

function headersOf(signature: string): Record<string, string> {
  return {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': signature,
    'i-twilio-idempotency-token': '7c1b2f9e-1b3c-4f0e-9f5e-2d2b6c3a9d10',
    'user-agent': 'TwilioProxy/1.1',
    accept: '*/*',
  };
}
