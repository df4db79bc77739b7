import { DialproofError } from '../core/errors.ts';
import { LOOK_AT_STORE } from './limits.ts';
import type { Parts } from './parts.ts';
import { LATE, within } from './within.ts';

/** Whether a server can take calls. */
export class Readiness {
  private readonly parts: Pick<Parts, 'store' | 'libraries' | 'clock'>;
  private isStopping = false;

  constructor(parts: Pick<Parts, 'store' | 'libraries' | 'clock'>) {
    this.parts = parts;
  }

  /** From here on it is not ready, so that no more calls are led to it. */
  stop(): void {
    this.isStopping = true;
  }

  /** What is in the way, and what to do about it; empty where nothing is. Never rejects, and takes 4 s at most. */
  async reasons(): Promise<readonly string[]> {
    const stopping = this.isStopping ? ['The server is being stopped.'] : [];
    const isEmpty = this.parts.libraries.newest.flows.length === 0;
    return [...stopping, ...(isEmpty ? NO_CALLFLOW : []), ...(await this.ofStore())];
  }

  private async ofStore(): Promise<readonly string[]> {
    const { store, clock } = this.parts;
    try {
      const written = await within(LOOK_AT_STORE, store.ready(clock.now()), clock);
      return written === LATE ? ['The store does not answer.'] : [];
    } catch (error) {
      return error instanceof DialproofError ? [error.message, error.fix] : ['The store takes no writes.'];
    }
  }
}

const NO_CALLFLOW = ['There is no callflow that can be used.', 'See what is wrong with them: npx dialproof check'];
