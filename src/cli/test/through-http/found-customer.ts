import type { StartOfCall } from '../../../simulator/start-of.ts';
import type { ArrivedCode, CallSum } from '../../../simulator/stage.ts';
import { readDemoCall, type DemoCall } from '../../call/demo-api.ts';
import type { Customer } from './customer.ts';

export interface FoundCustomerParts {
  /** Where the server listens. */
  readonly server: string;
  readonly start: StartOfCall;
  /** The customer at the server who stands for the one of the scenario. */
  readonly account: string;
  readonly from: string;
  readonly to: string;
}

const PATIENCE_MS = 5_000;

/** A customer whom a running server has already: nothing is arranged, and its demo tells of the call where there is one. */
export class FoundCustomer implements Customer {
  readonly inputs: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
  private readonly parts: FoundCustomerParts;

  constructor(parts: FoundCustomerParts) {
    const { start, from, to } = parts;
    this.parts = parts;
    this.inputs = Object.fromEntries(
      Object.entries(start.inputs).map(([name, value]) => [name, this.account(value)] as const),
    );
    this.from = from;
    this.to = to;
  }

  account(typed: string): string {
    return typed === this.parts.start.account ? this.parts.account : typed;
  }

  calls(): void {
    // The demo keeps the codes of calls apart.
  }

  async codes(call: string): Promise<readonly ArrivedCode[]> {
    const seen = await this.read(call);
    return (seen?.messages ?? []).flatMap(({ method, code }) => (code === null ? [] : [{ method, code }]));
  }

  async sum(call: string): Promise<CallSum> {
    const { exit = null, sends = null, attempts = null, turns = null, grants = null } = (await this.read(call)) ?? {};
    return { exit, sends, attempts, turns, grants };
  }

  lock(): Promise<void> {
    return Promise.reject(new Error('Accounts are not locked at a server that others use.'));
  }

  leaves(): Promise<void> {
    return Promise.resolve();
  }

  private read(call: string): Promise<DemoCall | null> {
    return readDemoCall(this.parts.server, call, AbortSignal.timeout(PATIENCE_MS));
  }
}
