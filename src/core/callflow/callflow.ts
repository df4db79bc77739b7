import type { Settings } from '../settings.ts';
import type { SignInPolicy } from '../sign-in/policy.ts';
import type { Exit, Service } from './schema.ts';

/** A callflow as it was written, read and typed: the input of the compiler, the checker and the picture. */
export interface Callflow {
  readonly name: string;
  readonly title: string;
  /** The built-in callflow that its blocks and, where it has none of its own, its prompts are of. */
  readonly uses: string | null;
  readonly start: string;
  readonly inputs: readonly string[];
  /** The language that a call begins in, by the number that was dialled. */
  readonly localeByNumber: Readonly<Record<string, string>>;
  /** The variable that holds the account, where the callflow declares one. */
  readonly account: string | null;
  /** When a web sign-in needs a code; null for a callflow of the telephone. */
  readonly signIn: SignInPolicy | null;
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
  /** Its paths are written by the outcome names of the OTP-node reference. */
  readonly outcomes?: true;
}

/** Where a limit without a `then` leads: a person who can help, where the callflow has that exit. */
export function fallbackExit(callflow: Pick<Callflow, 'exits'>): string {
  return Object.hasOwn(callflow.exits, 'agent') ? 'agent' : 'error';
}

/**
 * The exit that a callflow really leaves by. `error` stands in for one that is missing, that leads to an address which is
 * not set, or that returns where the link which opened the callflow (`linked`) has not wired it; where the file has no
 * `error` that does, it is built in. `unset`: the exit that was wanted and has no address.
 */
export function exitTaken(
  callflow: Pick<Callflow, 'exits'>,
  wanted: string,
  call: { readonly agent: string; readonly linked: boolean },
): { readonly name: string; readonly exit: Exit; readonly unset: string | null } {
  let unset: string | null = null;
  for (const name of [wanted, 'error']) {
    const exit = Object.hasOwn(callflow.exits, name) ? callflow.exits[name] : undefined;
    if (exit === undefined || (exit.does === 'return' && call.linked)) continue;
    if (!('url' in exit) || exit.url !== '') return { name, exit, unset };
    unset ??= name;
  }
  return { name: 'error', exit: { say: 'technical-problem', does: 'dial', to: call.agent }, unset };
}
