import { codeOf, stepAt } from '../adapters/codes/totp.ts';
import type { Store } from '../core/contracts/store.ts';
import type { Clock } from '../core/contracts/clock.ts';

/** Any secret does: it proves nothing outside of its simulated call. */
const SECRET = new Uint8Array(20).fill(7);
const STEP_MS = 30_000;

/** The authenticator application of a simulated customer. */
export class Application {
  private readonly store: Store;
  private readonly clock: Pick<Clock, 'now'>;
  private enrolled = false;

  constructor(store: Store, clock: Pick<Clock, 'now'>) {
    this.store = store;
    this.clock = clock;
  }

  /** Enrols it for the account, some time before the call. */
  async enrol(account: string): Promise<void> {
    if (this.enrolled) return;
    this.enrolled = true;
    const now = this.clock.now();
    const id = `simulated${account}`;
    await this.store.addAuthenticator({ id, account, secret: SECRET, now });
    await this.store.confirmAuthenticator({ id, step: stepAt(now) - 2, now });
  }

  /** What it shows now. */
  get code(): string {
    return codeOf(SECRET, stepAt(this.clock.now()));
  }

  /** Milliseconds until it shows another one: each is good once. */
  get untilNext(): number {
    return STEP_MS - (this.clock.now() % STEP_MS);
  }
}
