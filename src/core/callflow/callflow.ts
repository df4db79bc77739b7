import type { Settings } from '../settings.ts';
import type { Exit, Service } from './schema.ts';

/** A callflow as it was written, read and typed: the input of the compiler, the checker and the picture. */
export interface Callflow {
  readonly name: string;
  readonly title: string;
  readonly start: string;
  readonly inputs: readonly string[];
  /** The variable that holds the account, where the callflow declares one. */
  readonly account: string | null;
  readonly settings: Settings;
  readonly services: Readonly<Record<string, Service>>;
  readonly exits: Readonly<Record<string, Exit>>;
  readonly blocks: ReadonlyMap<string, Block>;
}

/** A named step with one verb; `body` is what that verb's schema read. */
export interface Block {
  readonly name: string;
  readonly verb: string;
  readonly body: object;
}

/** Where a limit without a `then` leads: a person who can help, where the callflow has that exit. */
export function fallbackExit(callflow: Pick<Callflow, 'exits'>): string {
  return 'agent' in callflow.exits ? 'agent' : 'error';
}

/** The exit of this name; every callflow has `error`, built in where the file has none. */
export function exitNamed(callflow: Pick<Callflow, 'exits'>, name: string, agent: string): Exit | undefined {
  const own = Object.hasOwn(callflow.exits, name) ? callflow.exits[name] : undefined;
  return own ?? (name === 'error' ? { say: 'technical-problem', dial: agent } : undefined);
}
