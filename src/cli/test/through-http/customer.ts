import type { ArrivedCode, CallSum } from '../../../simulator/stage.ts';

/** Whoever calls in one scenario, as the server knows them. */
export interface Customer {
  /** What the start of a call hands in. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly from: string;
  readonly to: string;
  /** What they type where they are asked for the account that the scenario has. */
  account(typed: string): string;
  /** Hears of a call that begins: the codes that came before are not its own. */
  calls(call: string): void;
  codes(call: string): Promise<readonly ArrivedCode[]>;
  sum(call: string): Promise<CallSum>;
  lock(): Promise<void>;
  leaves(): Promise<void>;
}
